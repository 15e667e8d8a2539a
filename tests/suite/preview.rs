//! The server of `booklet preview`, as browsers and as strangers talk to it.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(20);

/// The program, running.
struct Running {
    child: Child,
    host: String,
    place: tempfile::TempDir,
}

fn start() -> Running {
    let place = tempfile::tempdir().expect("a folder");
    fs::write(
        place.path().join("manifest.toml"),
        "title = \"Seen \\\"<now>\\\"\"\nlanguage = \"en\"\nchapters = [\"text.md\"]\n",
    )
    .expect("a manifest");
    fs::write(place.path().join("text.md"), "# A chapter\n\nSome text.[^1]\n\n[^1]: A note.\n")
        .expect("a chapter");
    let mut child = Command::new(env!("CARGO_BIN_EXE_booklet"))
        .arg("preview")
        .arg(place.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program runs");
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().expect("a stream")).read_line(&mut line).expect("an address");
    let host =
        line.trim().strip_prefix("http://").and_then(|l| l.strip_suffix('/')).expect("an address").to_owned();
    assert!(host.starts_with("127.0.0.1:"), "{line}");
    Running { child, host, place }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Running {
    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.host).expect("a connection");
        stream.set_read_timeout(Some(PATIENCE)).expect("a time");
        stream
    }

    /// Status, head and body of the answer to bytes as they are.
    fn say(&self, bytes: &[u8]) -> (u16, String, Vec<u8>) {
        let mut stream = self.connect();
        // It may be refused before all is said.
        let _ = stream.write_all(bytes);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or_else(|| {
            panic!("no answer to {:?}", String::from_utf8_lossy(&bytes[..bytes.len().min(90)]))
        });
        let head = String::from_utf8(answer[..end].to_vec()).expect("text");
        let status = head.split(' ').nth(1).and_then(|word| word.parse().ok()).expect("a status");
        (status, head, answer[end + 4..].to_vec())
    }

    fn get(&self, path: &str) -> (u16, String, Vec<u8>) {
        self.say(format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.host).as_bytes())
    }

    /// Listens for changes.
    fn events(&self) -> BufReader<TcpStream> {
        let mut stream = self.connect();
        write!(stream, "GET /events HTTP/1.1\r\nHost: {}\r\n\r\n", self.host).expect("a request");
        BufReader::new(stream)
    }
}

/// The next state that is told of.
fn next(events: &mut BufReader<TcpStream>) -> String {
    loop {
        let mut line = String::new();
        assert!(events.read_line(&mut line).expect("an event") > 0, "it ended");
        if let Some(state) = line.strip_prefix("data: ") {
            return state.trim().to_owned();
        }
    }
}

/// The values of a member, wherever it stands.
fn all<'s>(state: &'s str, name: &str) -> Vec<&'s str> {
    let name = format!("\"{name}\":\"");
    state.split(&name).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn what_there_is_to_see_comes_from_memory_under_strict_rules() {
    let running = start();
    let mut events = running.events();
    let state = next(&mut events);
    assert!(state.contains(r#""title":"Seen “<now>”""#) && state.contains(r#""whole":true"#), "{state}");
    let mark = all(&state, "mark")[0];
    for (path, media) in [
        ("/", "text/html"),
        ("/preview.js", "text/javascript"),
        ("/phone.js", "text/javascript"),
        ("/preview.css", "text/css"),
        ("/icon.svg", "image/svg+xml"),
        (&format!("/page/{mark}/320"), "image/png"),
        (&format!("/words/{mark}"), "text/plain"),
        ("/phone/parts", "application/json"),
        ("/phone/day/nav.xhtml", "application/xhtml+xml"),
        ("/phone/night/stylesheet.css", "text/css"),
        ("/phone/night/reader.css", "text/css"),
    ] {
        let (status, head, body) = running.get(path);
        assert_eq!(status, 200, "{path}");
        let has = |line: &str| assert!(head.contains(line), "{path} lacks {line}: {head}");
        has(&format!("Content-Type: {media}"));
        has(&format!("Content-Length: {}", body.len()));
        has("Content-Security-Policy: default-src 'none'");
        has("X-Content-Type-Options: nosniff");
        has("Referrer-Policy: no-referrer");
        has("Cache-Control: no-store");
        has("Cross-Origin-Resource-Policy: same-origin");
        assert!(
            !head.contains("Access-Control") && !head.contains("unsafe") && !head.contains("Set-Cookie"),
            "{head}"
        );
        // The head alone, and the same.
        let (_, alone, nothing) =
            running.say(format!("HEAD {path} HTTP/1.1\r\nHost: {}\r\n\r\n", running.host).as_bytes());
        assert_eq!((alone, nothing.len()), (head, 0), "{path}");
    }
    for path in [
        "/manifest.toml",
        "/text.md",
        "/../manifest.toml",
        "/%2e%2e/manifest.toml",
        "//etc/passwd",
        "/etc/passwd",
        "/phone/day/../../manifest.toml",
        "/phone/day/content.opf",
        "/phone/day/",
        "/phone/noon/nav.xhtml",
        "/?",
        "/state",
        "/page/000000000000000/320",
        &format!("/page/{mark}/321"),
        &format!("/page/{mark}/0"),
        &format!("/page/{mark}/0320"),
        &format!("/page/{mark}/99999999999"),
        &format!("/page/{mark}/320/"),
    ] {
        assert_eq!(running.get(path).0, 404, "{path}");
    }
    let port = running.host.rsplit(':').next().expect("a port");
    for (request, expected) in [
        (format!("GET / HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"), 200),
        (format!("GET / HTTP/1.1\r\nHost: evil.example:{port}\r\n\r\n"), 421),
        ("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".to_owned(), 421),
        ("GET / HTTP/1.1\r\n\r\n".to_owned(), 400),
        (
            format!("GET /events HTTP/1.1\r\nHost: {}\r\nOrigin: http://evil.example\r\n\r\n", running.host),
            403,
        ),
        (format!("GET / HTTP/1.1\r\nHost: {}\r\nSec-Fetch-Site: cross-site\r\n\r\n", running.host), 403),
        (format!("POST / HTTP/1.1\r\nHost: {}\r\n\r\n", running.host), 405),
        (format!("OPTIONS / HTTP/1.1\r\nHost: {}\r\n\r\n", running.host), 405),
        (format!("GET / HTTP/1.1\r\nHost: {}\r\nContent-Length: 3\r\n\r\nabc", running.host), 400),
        (format!("GET / HTTP/1.1\r\nHost: {}\r\nX: {}\r\n\r\n", running.host, "y".repeat(40_000)), 431),
        ("\u{16}\u{3}\u{1}hello\r\n\r\n".to_owned(), 400),
    ] {
        let shown = request.chars().take(90).collect::<String>();
        assert_eq!(running.say(request.as_bytes()).0, expected, "{shown}");
    }
}

#[test]
fn changes_are_told_at_once_and_what_was_good_stays() {
    let running = start();
    let mut events = running.events();
    let first = next(&mut events);
    let folder = running.place.path();
    fs::write(folder.join("text.md"), "# A chapter\n\nOther text.[^1]\n\n[^1]: A note.\n")
        .expect("a chapter");
    let second = next(&mut events);
    let (one, two) = (all(&first, "mark"), all(&second, "mark"));
    let changed = (0..one.len()).filter(|&n| one[n] != two[n]).count();
    assert_eq!((one.len(), changed), (two.len(), 2), "one page and the side that it lies on");
    // A picture of a page that is no more is not to be had.
    let gone = one.iter().find(|mark| !two.contains(mark)).expect("a mark");
    let (status, head, body) = running.get(&format!("/page/{gone}/320"));
    assert_eq!((status, body.len()), (204, 0));
    assert!(!head.contains("Content-Length"), "{head}");
    fs::write(folder.join("manifest.toml"), "titel = 1\n").expect("a manifest");
    let third = next(&mut events);
    assert!(third.contains(r#""whole":false"#) && third.contains(r#""code":"M002""#), "{third}");
    assert!(third.contains("manifest.toml:1:1") && third.contains(r#""excerpt":"titel = 1""#), "{third}");
    assert_eq!(all(&third, "mark"), two);
    assert_eq!(running.get(&format!("/page/{}/320", two[0])).0, 200);
    // Nothing was written beside the booklet.
    assert_eq!(fs::read_dir(folder).expect("a folder").count(), 2);
}

#[test]
fn slow_and_silent_visitors_keep_nobody_waiting() {
    let running = start();
    let mut silent: Vec<TcpStream> = (0..30).map(|_| running.connect()).collect();
    for stream in silent.iter_mut().step_by(2) {
        stream.write_all(b"GET / HTTP/1.1\r\nX: ").expect("a beginning");
    }
    let begun = Instant::now();
    assert_eq!(running.get("/").0, 200);
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
    // More than there is room for: they are turned away, and when they have gone there is room again.
    let crowd: Vec<TcpStream> = (0..80).map(|_| running.connect()).collect();
    drop(crowd);
    drop(silent);
    let answered = (0..100).any(|_| {
        std::thread::sleep(Duration::from_millis(20));
        let mut stream = running.connect();
        let asked = write!(stream, "GET / HTTP/1.1\r\nHost: {}\r\n\r\n", running.host);
        let mut answer = Vec::new();
        asked.is_ok() && stream.read_to_end(&mut answer).is_ok() && answer.starts_with(b"HTTP/1.1 200")
    });
    assert!(answered);
}

#[test]
fn a_port_that_is_taken_and_a_booklet_that_is_not_there_are_told() {
    let running = start();
    let port = running.host.rsplit(':').next().expect("a port");
    let run = |folder: &Path, port: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_booklet"))
            .arg("preview")
            .arg(folder)
            .args(["--port", port])
            .output()
            .expect("the program runs");
        (output.status.code(), output.stdout.len(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (code, out, said) = run(running.place.path(), port);
    assert_eq!((code, out), (Some(2), 0), "{said}");
    assert!(said.contains(&format!("port {port}")), "{said}");
    let (code, _, said) = run(&running.place.path().join("nowhere"), "0");
    assert_eq!(code, Some(2), "{said}");
    let (code, _, said) = run(&running.place.path().join("nowhere"), port);
    assert_eq!(code, Some(2), "{said}");
}
