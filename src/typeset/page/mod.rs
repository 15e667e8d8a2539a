//! Parts → pages.

pub(crate) mod compose;
pub(crate) mod contents;
pub(crate) mod credits;
pub(crate) mod date;
pub(crate) mod front;
pub(crate) mod furniture;
pub(crate) mod imprint;
pub(crate) mod matter;
pub(crate) mod outline;
pub mod pagebreak;
pub(crate) mod shapes;
