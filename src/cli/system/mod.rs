//! What the computer does for the program: windows, browsers, shells, threads, a key that ends it all.

pub(super) mod browser;
pub(super) mod crew;
pub(super) mod interrupt;
pub(super) mod own_window;
pub(super) mod shell;
