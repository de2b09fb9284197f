//! Work shared out over threads, its results in the order of its input.

/// Applies `f` to every item; with the feature `parallel` on the threads of `rayon`.
#[cfg(feature = "parallel")]
pub(crate) fn map<T: Sync, R: Send>(items: &[T], f: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
    use rayon::prelude::*;
    items.par_iter().map(f).collect()
}

/// Applies `f` to every item.
#[cfg(not(feature = "parallel"))]
pub(crate) fn map<T: Sync, R: Send>(items: &[T], f: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
    items.iter().map(f).collect()
}

/// Does two things; with the feature `parallel` at once, the second on a thread of its own.
///
/// For what is made once and waited for: a thread of a pool that waits takes up other work of the pool, and that may
/// wait for the very thing that is being made. A thread of its own takes up nothing.
///
/// Where no thread can be started both are done here.
#[cfg(feature = "parallel")]
pub(crate) fn join<A, B: Send>(a: impl FnOnce() -> A, b: impl Fn() -> B + Sync) -> (A, B) {
    std::thread::scope(|scope| {
        let other = std::thread::Builder::new().spawn_scoped(scope, &b);
        let a = a();
        match other {
            Ok(other) => (a, other.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault))),
            Err(_) => (a, b()),
        }
    })
}

/// Does two things.
#[cfg(not(feature = "parallel"))]
pub(crate) fn join<A, B>(a: impl FnOnce() -> A, b: impl Fn() -> B) -> (A, B) {
    (a(), b())
}
