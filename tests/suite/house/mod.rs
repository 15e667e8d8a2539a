//! The project itself: its layers and rooms, its licences, its manual, its samples.

pub mod code;
pub mod determinism;
pub mod layers;
pub mod licences;
pub mod manual;
pub mod manual_languages;
pub mod private;
pub mod rooms;
pub mod samples;
pub mod shown;
