//! The server of `booklet preview`, as browsers and as strangers talk to it.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use booklet::diagnostic::Report;
use booklet::folder::Manuscript;
use booklet::proof::Proof;

const PATIENCE: Duration = Duration::from_secs(20);

/// The program, running.
struct Running {
    child: Child,
    host: String,
    /// What every path begins with.
    key: String,
    place: tempfile::TempDir,
}

/// A folder with a booklet.
fn booklet() -> tempfile::TempDir {
    let place = tempfile::tempdir().expect("a folder");
    fs::write(
        place.path().join("manifest.toml"),
        "title = \"Seen \\\"<now>\\\"\"\nlanguage = \"en\"\nchapters = [\"text.md\"]\n",
    )
    .expect("a manifest");
    fs::write(place.path().join("text.md"), "# A chapter\n\nSome text.[^1]\n\n[^1]: A note.\n")
        .expect("a chapter");
    place
}

fn start() -> Running {
    let place = booklet();
    let (child, line) = run(Command::new(env!("CARGO_BIN_EXE_booklet")).arg("preview").arg(place.path()));
    let (host, key) = address(&line);
    Running { child, host, key, place }
}

/// Runs the program, and waits for the line that says where the page is.
fn run(program: &mut Command) -> (Child, String) {
    let program = program.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = program.spawn().expect("the program runs");
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().expect("a stream")).read_line(&mut line).expect("an address");
    (child, line)
}

/// The host of an address, and the key that its path begins with: 128 random bits.
fn address(line: &str) -> (String, String) {
    let rest = line.trim().strip_prefix("http://").and_then(|l| l.strip_suffix('/')).expect("an address");
    let (host, key) = rest.split_once('/').expect("a key");
    assert!(host.starts_with("127.0.0.1:"), "{line}");
    assert!(key.len() == 32 && key.bytes().all(|b| b.is_ascii_hexdigit()), "{line}");
    (host.to_owned(), format!("/{key}"))
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

    /// Asks for a path behind the key.
    fn get(&self, path: &str) -> (u16, String, Vec<u8>) {
        self.ask("GET", path, "")
    }

    fn ask(&self, method: &str, path: &str, headers: &str) -> (u16, String, Vec<u8>) {
        let (key, host) = (&self.key, &self.host);
        self.say(format!("{method} {key}{path} HTTP/1.1\r\nHost: {host}\r\n{headers}\r\n").as_bytes())
    }

    /// Asks for a path as it is.
    fn bare(&self, path: &str) -> u16 {
        self.say(format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.host).as_bytes()).0
    }

    /// Listens for changes.
    fn events(&self) -> BufReader<TcpStream> {
        let mut stream = self.connect();
        write!(stream, "GET {}/events HTTP/1.1\r\nHost: {}\r\n\r\n", self.key, self.host).expect("a request");
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
fn sheets_are_told_with_their_fronts_and_backs() {
    let running = start();
    let state = next(&mut running.events());
    let proof = Proof::of(&Manuscript::on_disk(running.place.path()), &mut Report::new()).expect("a proof");
    let sides = &proof.prints[0].sides;
    let places: Vec<(usize, bool)> = sides.iter().map(|side| (side.sheet, side.back)).collect();
    assert_eq!(places, [(0, false), (0, true), (1, false), (1, true)]);
    let told: Vec<String> = sides
        .iter()
        .map(|side| format!("\"mark\":\"{}\",\"sheet\":{},\"back\":{}", side.mark, side.sheet + 1, side.back))
        .collect();
    let at: Vec<Option<usize>> = told.iter().map(|side| state.find(side)).collect();
    assert!(at.iter().all(Option::is_some) && at.is_sorted(), "{told:?} in {state}");
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
        let (_, alone, nothing) = running.ask("HEAD", path, "");
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
    let (key, host) = (&running.key, &running.host);
    let port = host.rsplit(':').next().expect("a port");
    for (request, expected) in [
        (format!("GET {key}/ HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"), 200),
        (format!("GET {key}/ HTTP/1.1\r\nHost: evil.example:{port}\r\n\r\n"), 421),
        (format!("GET {key}/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"), 421),
        (format!("GET {key}/ HTTP/1.1\r\n\r\n"), 400),
        (format!("GET {key}/events HTTP/1.1\r\nHost: {host}\r\nOrigin: http://evil.example\r\n\r\n"), 403),
        (format!("GET {key}/ HTTP/1.1\r\nHost: {host}\r\nOrigin: http://127.0.0.1:1\r\n\r\n"), 403),
        (format!("GET {key}/ HTTP/1.1\r\nHost: {host}\r\nSec-Fetch-Site: cross-site\r\n\r\n"), 403),
        (format!("GET {key}/ HTTP/1.1\r\nHost: {host}\r\nSec-Fetch-Site: same-site\r\n\r\n"), 403),
        (format!("POST {key}/ HTTP/1.1\r\nHost: {host}\r\n\r\n"), 405),
        (format!("OPTIONS {key}/ HTTP/1.1\r\nHost: {host}\r\n\r\n"), 405),
        (format!("GET {key}/ HTTP/1.1\r\nHost: {host}\r\nContent-Length: 3\r\n\r\nabc"), 400),
        (format!("GET {key}/ HTTP/1.1\r\nHost: {host}\r\nX: {}\r\n\r\n", "y".repeat(40_000)), 431),
        ("\u{16}\u{3}\u{1}hello\r\n\r\n".to_owned(), 400),
    ] {
        let shown = request.chars().take(90).collect::<String>();
        assert_eq!(running.say(request.as_bytes()).0, expected, "{shown}");
    }
}

#[test]
fn without_the_key_in_the_address_nothing_is_shown() {
    let (running, other) = (start(), start());
    assert_ne!(running.key, other.key, "each has a key of its own");
    let short = &running.key[..running.key.len() - 1];
    let capitals = running.key.to_uppercase();
    for key in ["", "/0", short, &capitals, &format!("{}0", running.key), &other.key, "/"] {
        for path in ["/", "/events", "/preview.js", "/phone/parts", "/phone/day/nav.xhtml", "/words/0", "/x"]
        {
            assert_eq!(running.bare(&format!("{key}{path}")), 403, "{key}{path}");
        }
    }
    let (_, _, body) = running.say(format!("GET / HTTP/1.1\r\nHost: {}\r\n\r\n", running.host).as_bytes());
    assert!(String::from_utf8_lossy(&body).contains("the whole address that `booklet preview` printed"));
    // Nothing that is handed out asks for anything without it.
    for path in ["/", "/preview.js", "/phone.js", "/preview.css", "/phone/day/nav.xhtml"] {
        let text = String::from_utf8_lossy(&running.get(path).2).into_owned();
        for rooted in ["href=\"/", "src=\"/", "fetch('/", "fetch(`/", "EventSource('/", "url(/", "src = `/"] {
            assert!(!text.contains(rooted), "{path}: {rooted}");
        }
    }
}

/// Whoever lists the programs that run sees what they were started with.
#[cfg(target_os = "linux")]
#[test]
fn the_browser_is_told_the_address_where_no_other_account_can_read_it() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let place = booklet();
    let tools = tempfile::tempdir().expect("a folder");
    let (opener, told) = (tools.path().join("xdg-open"), tools.path().join("told"));
    let script = format!("#!/bin/sh\nprintf '%s\\n' \"$@\" > {0}.new && mv {0}.new {0}\n", told.display());
    fs::write(&opener, script).expect("a script");
    fs::set_permissions(&opener, fs::Permissions::from_mode(0o755)).expect("a script that runs");
    let path = std::env::var("PATH").unwrap_or_default();
    let (mut child, line) = run(Command::new(env!("CARGO_BIN_EXE_booklet"))
        .args(["preview", "--open"])
        .arg(place.path())
        .env("PATH", format!("{}:{path}", tools.path().display()))
        .env("TMPDIR", tools.path()));
    let (_, key) = address(&line);
    let begun = Instant::now();
    while !told.exists() && begun.elapsed() < PATIENCE {
        std::thread::sleep(Duration::from_millis(10));
    }
    let words = fs::read_to_string(&told).expect("the browser was asked for");
    assert!(!words.contains(&key[1..]), "{words}");
    let page = Path::new(words.trim()).to_owned();
    assert_eq!(fs::metadata(&page).expect("a page").mode() & 0o777, 0o600);
    assert!(fs::read_to_string(&page).expect("a page").contains(&format!("url={}\"", line.trim())));
    // When it ends, the page goes too.
    let killed = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill");
    assert!(killed.success() && child.wait().expect("an end").success());
    assert!(!page.exists());
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

/// How many threads the program has, and how much memory it holds, in KiB.
#[cfg(target_os = "linux")]
fn weight(running: &Running) -> (usize, usize) {
    let status = fs::read_to_string(format!("/proc/{}/status", running.child.id())).expect("a process");
    let number = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name)).expect("a number");
        line.trim().trim_end_matches(" kB").parse().expect("a number")
    };
    (number("Threads:"), number("VmRSS:"))
}

#[cfg(not(target_os = "linux"))]
fn weight(_: &Running) -> (usize, usize) {
    (0, 0)
}

#[test]
fn slow_silent_and_broken_visitors_keep_nobody_waiting_and_cost_nothing() {
    let running = start();
    let (key, host) = (running.key.clone(), running.host.clone());
    // Who has the address is answered, at once.
    let answered = |who: &str| {
        let begun = Instant::now();
        assert_eq!(running.get("/").0, 200, "{who}");
        assert!(begun.elapsed() < Duration::from_secs(3), "{who}: {:?}", begun.elapsed());
    };
    answered("nobody else");
    let (threads, memory) = weight(&running);
    let crowd = |count: usize| -> Vec<TcpStream> { (0..count).map(|_| running.connect()).collect() };
    let silent = crowd(200);
    answered("200 who say nothing");
    let mut slow = crowd(60);
    for byte in format!("GET {key}/ HTTP/1.1\r\nHost: {host}\r\nX: y").as_bytes().chunks(9) {
        // Those who had to go for others cannot go on.
        slow.iter_mut().for_each(|stream| drop(stream.write_all(byte)));
    }
    answered("60 who speak slowly");
    for text in ["", "G", "GET / HTTP/1.1\r\n", &format!("GET {key}/ HTTP/1.1\r\nHost: {host}\r\n\r\n")] {
        // Gone before they hear anything.
        crowd(60).iter_mut().for_each(|stream| drop(stream.write_all(text.as_bytes())));
    }
    answered("240 who close early");
    for stream in &mut crowd(20) {
        let _ = stream.write_all(&[b'x'; 100_000]);
    }
    answered("20 with heads that never end");
    // Each asks as soon as it is there; who has to go for others hears nothing, and that is no matter.
    let asking = |path: &str| -> Vec<TcpStream> {
        let ask = |_| {
            let mut stream = running.connect();
            let _ = write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n");
            stream
        };
        (0..40).map(ask).collect()
    };
    let deaf = asking("/preview.js");
    answered("40 strangers who never listen");
    let guests = asking(&format!("{key}/preview.js"));
    answered("40 guests who never listen");
    let twice = format!("GET {key}/icon.svg HTTP/1.1\r\nHost: {host}\r\n\r\n").repeat(50);
    let (status, _, body) = running.say(twice.as_bytes());
    assert_eq!((status, body.starts_with(b"<svg"), body.len() < 1000), (200, true, true), "one answer each");
    let (more, grown) = weight(&running);
    assert!(more <= threads + 112, "{more} threads, {threads} before");
    assert!(grown < memory + (24 << 10), "{grown} KiB, {memory} before");
    drop((silent, slow, deaf, guests));
    // When they have gone nothing of them is left.
    let begun = Instant::now();
    while weight(&running).0 > threads + 1 && begun.elapsed() < PATIENCE {
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(weight(&running).0 <= threads + 1, "{} threads, {threads} before", weight(&running).0);
    answered("nobody any more");
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
