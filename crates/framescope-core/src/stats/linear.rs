//! Small dense algebra for the models: symmetric positive definite systems by Cholesky's factor.

use super::error::StatsError;

/// Sweeps of rotations; five or six are enough, as each squares what is left.
const SWEEPS: usize = 50;

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

    /// `self · other`.
    pub fn product(&self, other: &Square) -> Square {
        let mut out = Square::zero(self.size);
        for i in 0..self.size {
            for k in 0..self.size {
                for j in 0..self.size {
                    out.cells[i * self.size + j] += self.at(i, k) * other.at(k, j);
                }
            }
        }
        out
    }

    pub fn transposed(&self) -> Square {
        let mut out = Square::zero(self.size);
        for i in 0..self.size {
            for j in 0..self.size {
                out.cells[j * self.size + i] = self.at(i, j);
            }
        }
        out
    }

    /// `self · middle · self`, for symmetric matrices: the sandwich.
    pub fn around(&self, middle: &Square) -> Square {
        self.product(middle).product(self)
    }

    /// Cholesky's factor L of a symmetric positive definite matrix: L Lᵀ, with zeros above the diagonal.
    pub fn factor(&self) -> Result<Square, StatsError> {
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
        Ok(factor)
    }

    /// f of a symmetric matrix: its eigenvectors stay, its eigenvalues become f of them. By Jacobi's rotations, which
    /// for the few columns of a model are as fast as anything and give small eigenvalues in full precision.
    pub fn mapped(&self, f: impl Fn(f64) -> f64) -> Square {
        let n = self.size;
        let mut matrix = self.clone();
        let mut vectors = Square::zero(n);
        (0..n).for_each(|i| vectors.cells[i * n + i] = 1.0);
        for _ in 0..SWEEPS {
            let apart = (0..n).flat_map(|i| (0..i).map(move |j| (i, j))).map(|(i, j)| matrix.at(i, j).abs());
            let diagonal = (0..n).map(|i| matrix.at(i, i).abs()).fold(0.0, f64::max);
            if apart.fold(0.0, f64::max) <= 1e-16 * diagonal {
                break;
            }
            for p in 0..n {
                for q in p + 1..n {
                    rotate(&mut matrix, &mut vectors, p, q);
                }
            }
        }
        let mut out = Square::zero(n);
        for k in 0..n {
            let column: Vec<f64> = (0..n).map(|i| vectors.at(i, k)).collect();
            out.add_outer(&column, f(matrix.at(k, k)));
        }
        out
    }

    /// The inverse of a symmetric positive definite matrix.
    pub fn inverse(&self) -> Result<Square, StatsError> {
        let n = self.size;
        let factor = self.factor()?;
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

/// Turns rows and columns `p` and `q` so that the cell between them becomes 0 (Golub & Van Loan 2013, 8.5).
fn rotate(matrix: &mut Square, vectors: &mut Square, p: usize, q: usize) {
    let n = matrix.size;
    let apart = matrix.at(p, q);
    if apart == 0.0 {
        return;
    }
    let theta = (matrix.at(q, q) - matrix.at(p, p)) / (2.0 * apart);
    let t = theta.signum() / (theta.abs() + theta.hypot(1.0));
    let cosine = 1.0 / t.hypot(1.0);
    let sine = t * cosine;
    for k in 0..n {
        let (a, b) = (matrix.at(k, p), matrix.at(k, q));
        matrix.cells[k * n + p] = cosine * a - sine * b;
        matrix.cells[k * n + q] = sine * a + cosine * b;
    }
    for k in 0..n {
        let (a, b) = (matrix.at(p, k), matrix.at(q, k));
        matrix.cells[p * n + k] = cosine * a - sine * b;
        matrix.cells[q * n + k] = sine * a + cosine * b;
        let (a, b) = (vectors.at(k, p), vectors.at(k, q));
        vectors.cells[k * n + p] = cosine * a - sine * b;
        vectors.cells[k * n + q] = sine * a + cosine * b;
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

    /// Squared, the square root is the matrix; and its inverse root makes it the identity.
    #[test]
    fn roots_of_a_matrix_are_roots() {
        let mut matrix = Square::zero(4);
        for k in 0..6_i32 {
            let row: Vec<f64> = (0..4_i32).map(|i| f64::from((k * k + 3 * i * k + i) % 7) - 2.0).collect();
            matrix.add_outer(&row, 0.3 + f64::from(k));
        }
        let root = matrix.mapped(f64::sqrt);
        let again = root.product(&root);
        assert!(again.cells.iter().zip(&matrix.cells).all(|(a, b)| (a - b).abs() < 1e-11), "{again:?}");
        let whitened = matrix.mapped(|x| 1.0 / x.sqrt()).around(&matrix);
        for i in 0..4 {
            for j in 0..4 {
                assert!((whitened.at(i, j) - f64::from(u8::from(i == j))).abs() < 1e-11, "{whitened:?}");
            }
        }
        let factor = matrix.factor().unwrap();
        let product = factor.product(&factor.transposed());
        assert!(product.cells.iter().zip(&matrix.cells).all(|(a, b)| (a - b).abs() < 1e-11) && factor.at(0, 3) == 0.0);
        let flat = Square { size: 2, cells: vec![3.0, 0.0, 0.0, 3.0] };
        assert_eq!(flat.mapped(|x| 2.0 * x).cells, [6.0, 0.0, 0.0, 6.0]);
    }

    #[test]
    fn dependent_columns_are_said() {
        let mut matrix = Square::zero(2);
        matrix.add_outer(&[1.0, 2.0], 3.0);
        matrix.add_outer(&[2.0, 4.0], 1.0);
        assert_eq!(matrix.inverse(), Err(StatsError::Singular));
    }
}
