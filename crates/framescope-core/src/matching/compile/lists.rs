//! Lists that stand one behind the other.

/// Where a list stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    first: u32,
    len: u32,
}

/// Many short lists in one piece of memory.
#[derive(Debug, Default)]
pub(super) struct Lists<T> {
    all: Vec<T>,
}

impl<T: Copy> Lists<T> {
    pub(super) fn add(&mut self, list: &[T]) -> Place {
        let first = self.all.len() as u32;
        self.all.extend_from_slice(list);
        Place { first, len: list.len() as u32 }
    }

    #[inline]
    pub(super) fn get(&self, Place { first, len }: Place) -> &[T] {
        &self.all[first as usize..(first + len) as usize]
    }
}
