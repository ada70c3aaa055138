//! Small dense algebra for the models: symmetric positive definite systems by Cholesky's factor.

use super::error::StatsError;

/// A square matrix, row by row.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Square {
    pub size: usize,
    pub cells: Vec<f64>,
}

impl Square {
    pub fn zero(size: usize) -> Self {
        Square { size, cells: vec![0.0; size * size] }
    }

    pub fn at(&self, row: usize, column: usize) -> f64 {
        self.cells[row * self.size + column]
    }

    /// Adds `weight` times the outer product of a vector with itself.
    pub fn add_outer(&mut self, vector: &[f64], weight: f64) {
        for (row, &a) in self.cells.chunks_exact_mut(self.size).zip(vector) {
            for (cell, &b) in row.iter_mut().zip(vector) {
                *cell += weight * a * b;
            }
        }
    }

    pub fn times(&self, vector: &[f64]) -> Vec<f64> {
        self.cells.chunks_exact(self.size).map(|row| dot(row, vector)).collect()
    }

    /// `self · middle · self`, for symmetric matrices: the sandwich.
    pub fn around(&self, middle: &Square) -> Square {
        let product = |a: &Square, b: &Square| {
            let mut out = Square::zero(a.size);
            for i in 0..a.size {
                for k in 0..a.size {
                    for j in 0..a.size {
                        out.cells[i * a.size + j] += a.at(i, k) * b.at(k, j);
                    }
                }
            }
            out
        };
        product(&product(self, middle), self)
    }

    /// The inverse of a symmetric positive definite matrix.
    pub fn inverse(&self) -> Result<Square, StatsError> {
        let n = self.size;
        let mut factor = Square::zero(n);
        for i in 0..n {
            for j in 0..=i {
                let known: f64 = (0..j).map(|k| factor.at(i, k) * factor.at(j, k)).sum();
                let rest = self.at(i, j) - known;
                factor.cells[i * n + j] = match i == j {
                    // A column that others explain leaves nothing but rounding of itself.
                    true if rest.is_nan() || rest <= 1e-11 * self.at(i, i) => return Err(StatsError::Singular),
                    true => rest.sqrt(),
                    false => rest / factor.at(j, j),
                };
            }
        }
        let mut inverse = Square::zero(n);
        for column in 0..n {
            let mut x = vec![0.0; n];
            for i in column..n {
                let known: f64 = (column..i).map(|k| factor.at(i, k) * x[k]).sum();
                x[i] = (f64::from(u8::from(i == column)) - known) / factor.at(i, i);
            }
            for i in (0..n).rev() {
                let known: f64 = (i + 1..n).map(|k| factor.at(k, i) * x[k]).sum();
                x[i] = (x[i] - known) / factor.at(i, i);
            }
            for (i, value) in x.into_iter().enumerate() {
                inverse.cells[i * n + column] = value;
            }
        }
        Ok(inverse)
    }
}

pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_inverse_inverts() {
        let mut matrix = Square::zero(3);
        for (row, weight) in [([1.0, 2.0, 0.5], 2.0), ([1.0, -1.0, 3.0], 1.0), ([1.0, 0.0, 1.0], 4.0)] {
            matrix.add_outer(&row, weight);
        }
        let inverse = matrix.inverse().unwrap();
        for column in 0..3 {
            let found = matrix.times(&(0..3).map(|i| inverse.at(i, column)).collect::<Vec<_>>());
            for (row, value) in found.into_iter().enumerate() {
                assert!((value - f64::from(u8::from(row == column))).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn dependent_columns_are_said() {
        let mut matrix = Square::zero(2);
        matrix.add_outer(&[1.0, 2.0], 3.0);
        matrix.add_outer(&[2.0, 4.0], 1.0);
        assert_eq!(matrix.inverse(), Err(StatsError::Singular));
    }
}
