//! The whole pipeline in one straight line: booklet → document → pages → sheets → bytes.
