//! Paths in commands that are shown to be typed or copied: as the shell takes them back.
//!
//! Comes in: a path, which may hold anything. Goes out: a word for a POSIX shell (POSIX.1-2017, Shell Command
//! Language, 2.2), or for `cmd` on Windows, that stands for that path and for nothing else. It is of one line,
//! and nothing in it steers a terminal.

use std::path::Path;

use crate::diagnostic::render::harmless;

/// A path as a word of a command.
pub(in crate::cli) fn quoted(path: &Path) -> String {
    if cfg!(windows) {
        return for_cmd(&path.to_string_lossy());
    }
    #[cfg(unix)]
    return for_sh(std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str()));
    #[cfg(not(unix))]
    for_sh(path.to_string_lossy().as_bytes())
}

/// Whether a character means only itself, wherever it stands.
fn is_plain(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | ':' | '+' | '@' | ',')
}

/// For a POSIX shell: in single quotes if need be, where everything stands for itself. What has bytes that
/// are no text, or that a terminal would obey, is written by `printf`, which every system has.
fn for_sh(path: &[u8]) -> String {
    // A word that begins like an option would be taken for one.
    let path = if path.starts_with(b"-") { [b"./", path].concat() } else { path.to_vec() };
    match std::str::from_utf8(&path) {
        Ok(text) if !text.is_empty() && text.chars().all(is_plain) => return text.to_owned(),
        Ok(text) if harmless(text) == text => return format!("'{}'", text.replace('\'', "'\\''")),
        _ => {}
    }
    let mut written = String::new();
    for part in path.utf8_chunks() {
        for c in part.valid().chars() {
            let mut bytes = [0; 4];
            let text: &str = c.encode_utf8(&mut bytes);
            match c {
                '%' => written.push_str("%%"),
                '\'' | '\\' => written.push_str(&octal(text.as_bytes())),
                _ if harmless(text) == text => written.push(c),
                _ => written.push_str(&octal(text.as_bytes())),
            }
        }
        written.push_str(&octal(part.invalid()));
    }
    // What a command writes loses the ends of lines at its end; only a folder can go on.
    let end = if path.ends_with(b"\n") { "/." } else { "" };
    format!("\"$(printf '{written}{end}')\"")
}

fn octal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("\\{byte:03o}")).collect()
}

/// For `cmd`: in double quotes if need be. A percent sign, with which it looks for variables even there,
/// stands between them; a backslash before a quotation mark would take it in, two of them do not.
fn for_cmd(path: &str) -> String {
    let path = if path.starts_with('-') { format!(".\\{path}") } else { path.to_owned() };
    if !path.is_empty() && path.chars().all(|c| is_plain(c) && c != ',' || c == '\\') {
        return path;
    }
    let parts = path.split('%').map(|part| {
        let slashes = part.len() - part.trim_end_matches('\\').len();
        format!("\"{part}{}\"", "\\".repeat(slashes))
    });
    parts.collect::<Vec<_>>().join("^%")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_paths_stay_as_they_are() {
        for path in ["mine", "a/b-c_d.toml", "./-x", "été/chapitre.md", "..", "/a/b:c"] {
            assert_eq!(for_sh(path.as_bytes()), path);
        }
        for path in ["mine", r"a\b-c_d.toml", r"C:\Users\Ada", "été"] {
            assert_eq!(for_cmd(path), path);
        }
    }

    #[test]
    fn cmd_gets_double_quotes() {
        for (path, word) in [
            ("my folder", r#""my folder""#),
            (r"my folder\", r#""my folder\\""#),
            ("a&b", r#""a&b""#),
            ("-x", r".\-x"),
            ("-my x", r#"".\-my x""#),
            ("100%", r#""100"^%"""#),
            ("%PATH%", r#"""^%"PATH"^%"""#),
            (r"a\%b", r#""a\\"^%"b""#),
            ("", r#""""#),
        ] {
            assert_eq!(for_cmd(path), word, "{path}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_shell_takes_every_path_back() {
        let paths: [&[u8]; 18] = [
            b"mine",
            b"my folder",
            b"it's",
            b"'",
            b"$HOME",
            b"a`ls`b",
            b"$(ls)",
            b"a\\b",
            b"\"quoted\"",
            b"~",
            b"*?[a]",
            b"a;b&c|d>e<f#g!h{i,j}(k)",
            b"100% %s \\n",
            b"line\nbreak",
            b"tab\tand \x1b[31mred",
            b"latin \xe9t\xe9 'and\\ %d",
            "éé \u{202e}drawkcab".as_bytes(),
            b"\xff",
        ];
        for path in paths {
            let word = for_sh(path);
            assert_eq!(harmless(&word), word);
            let script = format!("printf '%s|' {word}");
            let output = std::process::Command::new("sh").args(["-c", &script]).output().expect("a shell");
            assert_eq!(output.stdout, [path, b"|"].concat(), "{word}");
        }
        assert_eq!(for_sh(b"-rf"), "./-rf");
        assert_eq!(for_sh(b"-r f"), "'./-r f'");
        assert_eq!(for_sh(b""), "''");
    }
}
