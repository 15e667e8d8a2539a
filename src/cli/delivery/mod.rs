//! Files → their places on disk: whole or not at all, nothing of anybody else's touched, no litter left.

pub(super) mod clash;
pub(super) mod folder;
pub(super) mod guard;
pub(super) mod litter;
pub(super) mod output;
pub(super) mod stage;
pub(super) mod trouble;
