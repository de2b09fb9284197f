//! Things by number.

use std::ops::{Index, IndexMut};

use super::{Id, NONE};

/// Things by number; the numbers of those that are gone are given again.
#[derive(Debug)]
pub(in crate::resolve) struct Slab<T> {
    items: Vec<T>,
    free: Vec<Id>,
}

impl<T> Slab<T> {
    pub fn new() -> Self {
        Self { items: Vec::new(), free: Vec::new() }
    }

    /// Takes a thing in, and says its number.
    pub fn insert(&mut self, item: T) -> Id {
        if let Some(id) = self.free.pop() {
            self.items[id as usize] = item;
            id
        } else {
            self.items.push(item);
            // Four billion nodes would take a terabyte.
            Id::try_from(self.items.len() - 1).unwrap_or(NONE)
        }
    }

    /// Gives a number free; what it stood for stays until another takes its place.
    pub fn remove(&mut self, id: Id) {
        self.free.push(id);
    }
}

impl<T> Index<Id> for Slab<T> {
    type Output = T;

    fn index(&self, id: Id) -> &T {
        &self.items[id as usize]
    }
}

impl<T> IndexMut<Id> for Slab<T> {
    fn index_mut(&mut self, id: Id) -> &mut T {
        &mut self.items[id as usize]
    }
}
