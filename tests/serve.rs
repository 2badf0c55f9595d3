//! The gate as a service: every upload that is accepted gets its report, whoever ends the service meanwhile; every
//! other one is told why, and leaves nothing behind.
#![expect(clippy::disallowed_methods, reason = "these tests run the program and look at what it left")]

mod support {
    pub(crate) mod http;
    pub(crate) mod pdf;
    pub(crate) mod postgres;
    pub(crate) mod program;
    pub(crate) mod service;
    pub(crate) mod tool;
}
mod gate {
    mod pages;
}

use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::time::{Duration, Instant};
use support::http::{FORM, Field, answer, file, form, send, word};
use support::pdf::Pdf;
use support::postgres::Postgres;
use support::program::{dlde, project};
use support::service::Service;
use tempfile::{TempDir, tempdir};

/// A PDF of one page that says its number.
fn paper(number: usize) -> Vec<u8> {
    Pdf::default().page([(108.0, 700.0, format!("Paper number {number}").as_str())]).bytes()
}

/// A paper of ten pages, whose check takes a while.
fn long_paper() -> Vec<u8> {
    std::fs::read(project().join("samples/long-appendix/paper.pdf")).expect("a sample")
}

fn folder() -> TempDir {
    tempdir().expect("a folder")
}

/// What waits in the spool.
fn spooled(data: &Path) -> usize {
    std::fs::read_dir(data.join("spool")).expect("a spool").count()
}

fn reports_come_in_every_format(args: &[&str]) {
    let data = folder();
    let service = Service::start(data.path(), args);
    let place = service.hand_in(&long_paper());
    let report = service.ended(&place);
    assert_eq!((report.status, report.header("content-type")), (200, "application/json"));
    assert_eq!(report.json()["verdict"], "pass");
    assert!(!report.header("x-request-id").is_empty());
    let formats = [
        ("text/html", "<!doctype html>"),
        ("text/plain", "paper.pdf"),
        ("text/markdown", "paper.pdf"),
        ("application/sarif+json", "\"version\": \"2.1.0\""),
        ("text/csv", "long-appendix"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "<!doctype html>"),
    ];
    for (accept, expected) in formats {
        let report = service.get(&place, accept);
        let kind = accept.split(',').next().expect("a type");
        assert_eq!(report.status, 200, "{accept}");
        assert!(report.header("content-type").starts_with(kind), "{accept}: {}", report.head);
        assert!(report.body.contains(expected), "{accept}: {}", report.body);
    }
    let none = service.get(&place, "image/png");
    assert_eq!((none.status, none.header("content-type")), (406, "application/problem+json"));
    eventually("the paper is gone", || spooled(data.path()) == 0);
}

fn the_same_upload_is_checked_once(args: &[&str]) {
    let data = folder();
    let service = Service::start(data.path(), args);
    let first = service.hand_in(&paper(1));
    service.ended(&first);
    assert_eq!(service.hand_in(&paper(1)), first);
    let again = service.post(&[file("pdf", "paper.pdf", &paper(1))]).expect("an answer");
    assert_eq!((again.status, again.header("location")), (200, first.as_str()), "it is known");
    assert_ne!(service.hand_in(&paper(2)), first, "another paper");
    let other = service
        .post(&[file("pdf", "paper.pdf", &paper(1)), word("stage", b"camera-ready")])
        .expect("an answer");
    assert_ne!(other.header("location"), first, "another stage");
    assert_eq!(service.total(), 3);
}

fn a_service_that_is_killed_loses_no_upload_that_it_accepted(args: &[&str]) {
    let data = folder();
    let service = Service::start(data.path(), &[args, &["--deadline", "1ms", "--jobs", "1"]].concat());
    let accepted = killed_while_papers_come_in(&service, 8, 20);
    assert!(accepted.len() >= 20, "{}", accepted.len());
    drop(service);
    let service = Service::start(data.path(), args);
    let waits = service.get("/v1/checks?verdict=waiting", "*/*").json()["total"].as_u64();
    assert!(waits > Some(0), "some of them were still to be checked");
    for place in &accepted {
        let report = service.ended(place);
        assert_eq!((report.status, &report.json()["schema_version"]), (200, &json!("1.0")), "{place}");
    }
    // What was entered and not answered any more is checked as well.
    eventually("everything is checked and no paper left", || {
        let waits = service.get("/v1/checks?verdict=waiting", "*/*").json()["total"].as_u64();
        waits == Some(0) && spooled(data.path()) == 0
    });
}

/// Papers come from so many at once; when some number of them is accepted, the service is killed. Where their checks are.
fn killed_while_papers_come_in(service: &Service, at_once: usize, enough: usize) -> BTreeSet<String> {
    let (send, accepted) = std::sync::mpsc::channel();
    let killer = service.killer();
    std::thread::scope(|threads| {
        for first in 0..at_once {
            let send = send.clone();
            threads.spawn(move || {
                for number in (first..).step_by(at_once) {
                    // Whoever gets no answer was not accepted, and will get none any more.
                    let Some(answer) = service.post(&[file("pdf", "paper.pdf", &paper(number))]) else {
                        break;
                    };
                    assert!(matches!(answer.status, 200 | 202), "{answer:?}");
                    let _ = send.send(answer.header("location").to_owned());
                }
            });
        }
        drop(send);
        let mut places = BTreeSet::new();
        for place in accepted {
            places.insert(place);
            if places.len() == enough {
                killer.kill();
            }
        }
        places
    })
}

/// Waits until something holds, for a while.
fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
    let end = Instant::now() + Duration::from_secs(60);
    while !holds() {
        assert!(Instant::now() < end, "{what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn sqlite_gives_reports_in_every_format() {
    reports_come_in_every_format(&[]);
}

#[test]
fn sqlite_knows_an_upload_again() {
    the_same_upload_is_checked_once(&[]);
}

#[test]
fn sqlite_loses_nothing_in_a_kill() {
    a_service_that_is_killed_loses_no_upload_that_it_accepted(&[]);
}

#[test]
fn postgresql_does_as_sqlite_does() {
    for scene in [
        reports_come_in_every_format,
        the_same_upload_is_checked_once,
        a_service_that_is_killed_loses_no_upload_that_it_accepted,
    ] {
        let Some(server) = Postgres::start() else { return };
        scene(&["--database", &server.address()]);
    }
}

#[test]
fn what_ends_the_service_three_times_is_told_as_crashed() {
    let data = folder();
    let mut place = String::new();
    for attempt in 0..3 {
        let service = Service::start(data.path(), &["--deadline", "1ms"]);
        if attempt == 0 {
            place = service.hand_in(&long_paper());
        }
        let end = Instant::now() + Duration::from_secs(30);
        while service.get(&place, "*/*").json()["state"] != "running" && Instant::now() < end {
            std::thread::sleep(Duration::from_millis(5));
        }
        service.kill();
    }
    let service = Service::start(data.path(), &[]);
    let record = service.ended(&place).json();
    assert_eq!((&record["status"], &record["verdict"]), (&json!("crashed"), &json!("undetermined")));
    assert!(
        record["reason"].as_str().is_some_and(|why| why.contains("have a person look at it")),
        "{record}"
    );
    assert_eq!(service.get(&place, "text/plain").status, 404, "there is no report");
    // Handed in again it is tried again.
    assert_eq!(service.hand_in(&long_paper()), place);
    assert_eq!(service.ended(&place).json()["verdict"], "pass");
}

#[test]
fn a_check_that_takes_too_long_is_never_a_pass() {
    let data = folder();
    let service = Service::start(data.path(), &["--timeout", "1ms"]);
    let record = service.ended(&service.hand_in(&long_paper())).json();
    assert_eq!((&record["status"], &record["verdict"]), (&json!("timeout"), &json!("undetermined")));
}

#[test]
fn sources_identities_and_supplements_go_with_the_paper() {
    let data = folder();
    let service = Service::start(data.path(), &[]);
    let who = br#"{"authors": [{"names": ["Mira Quist"]}]}"#;
    let tex = b"\\documentclass{article}\n% Mira Quist\n\\begin{document}x\\end{document}\n";
    let pdf = paper(1);
    let fields = [
        file("supplement", "notes.txt", b"by Mira Quist"),
        file("source", "main.tex", tex),
        word("identities", who),
        word("venue", b"dlde-2022"),
        word("audience", b"author"),
        file("pdf", "paper.pdf", &pdf),
    ];
    let handed = service.post(&fields).expect("an answer");
    let report = service.ended(handed.header("location"));
    let report = report.json();
    let found = report["findings"].as_array().expect("findings");
    for file in ["main.tex", "notes.txt"] {
        let is_here =
            |finding: &&Value| finding["rule"] == "supplied-identity" && finding["place"]["file"] == file;
        assert!(found.iter().any(|finding| is_here(&finding)), "{file} was read: {found:#?}");
    }
    assert!(!report.to_string().contains("Quist"), "what is said of the authors stays out of the report");
    assert_eq!(report["profile"]["id"], "dlde-2022");
}

#[test]
fn what_is_refused_is_told_why_and_leaves_nothing_behind() {
    let data = folder();
    let service = Service::start(data.path(), &["--max-size", "1MiB"]);
    let good = paper(1);
    let pdf = file("pdf", "paper.pdf", &good);
    let large = vec![b'x'; 2 << 20];
    let who = br#"{"authors": [{"names": ["Mira Quist"]}]}"#;
    let forms: [(u16, Vec<Field<'_>>); 14] = [
        (422, vec![]),
        (422, vec![file("pdf", "paper.pdf", b"")]),
        (422, vec![file("pdf", "paper.pdf", b"GIF89a\0")]),
        (422, vec![file("source", "main.tex", b"\0\x01\x02")]),
        (422, vec![file("supplement", "a.txt", b"x")]),
        (422, vec![pdf, pdf]),
        (422, vec![pdf, word("colour", b"red")]),
        (422, vec![pdf, word("venue", b"../../etc/passwd")]),
        (422, vec![pdf, word("venue", b"\xff\xfe")]),
        (422, vec![pdf, word("stage", b"later")]),
        (422, vec![pdf, word("identities", b"not JSON")]),
        (422, vec![pdf, word("audience", b"everybody")]),
        (422, vec![pdf, word("audience", b"reviewer"), word("identities", who)]),
        (413, vec![file("pdf", "paper.pdf", &large)]),
    ];
    for (status, fields) in &forms {
        let answer = service.post(fields).expect("an answer");
        let names: Vec<_> = fields.iter().map(|(name, ..)| name).collect();
        assert_eq!(answer.status, *status, "{names:?}: {}", answer.body);
        assert_eq!(answer.header("content-type"), "application/problem+json");
        assert_eq!(answer.json()["status"], *status);
    }
    assert_eq!((service.total(), spooled(data.path())), (0, 0));
}

#[test]
fn a_request_that_is_none_is_told_so() {
    let data = folder();
    let service = Service::start(data.path(), &[]);
    let good = paper(1);
    let post = |kind: &str, body: &[u8]| {
        send(&service.address, "POST /v1/checks", &[("content-type", kind)], body).expect("an answer").status
    };
    assert_eq!(post("application/pdf", &good), 415);
    assert_eq!(post("multipart/form-data", &good), 400, "no boundary");
    let torn = form(&[file("pdf", "paper.pdf", &good)]);
    assert_eq!(post(FORM, &torn[..torn.len() / 2]), 400, "it breaks off");
    assert_eq!(service.get("/v1/checks?verdict=good", "*/*").status, 400);
    assert_eq!(service.get("/v1/checks?page=0", "*/*").status, 400);
    assert_eq!(service.get("/v1/checks/..%2f..%2fetc%2fpasswd", "*/*").status, 404);
    assert_eq!(service.get("/nothing", "*/*").status, 404);
    assert_eq!((service.total(), spooled(data.path())), (0, 0));
}

#[test]
fn whoever_sends_too_slowly_is_let_go() {
    let data = folder();
    let service = Service::start(data.path(), &["--upload-time", "500ms"]);
    let mut stream = TcpStream::connect(&service.address).expect("a connection");
    stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a timeout");
    let head = format!(
        "POST /v1/checks HTTP/1.1\r\nhost: {}\r\ncontent-type: {FORM}\r\ncontent-length: 9999\r\n\r\n--parted",
        service.address
    );
    stream.write_all(head.as_bytes()).expect("sent");
    let told = answer(&mut stream).expect("an answer");
    assert_eq!((told.status, &told.json()["title"]), (408, &json!("Request Timeout")));
    assert_eq!((service.total(), spooled(data.path())), (0, 0));
}

#[test]
fn whoever_never_says_what_is_wanted_holds_no_place() {
    let data = folder();
    let service = Service::start(data.path(), &["--upload-time", "500ms"]);
    for said in [&b""[..], b"POST /v1/checks HT"] {
        let mut stream = TcpStream::connect(&service.address).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a timeout");
        stream.write_all(said).expect("sent");
        let mut heard = Vec::new();
        stream.read_to_end(&mut heard).expect("the connection is closed");
        assert_eq!(heard, b"");
    }
    assert_eq!(service.get("/healthz", "*/*").status, 200);
}

#[test]
fn a_path_in_the_name_of_a_file_is_a_label() {
    let data = folder();
    let service = Service::start(data.path(), &[]);
    let answer =
        service.post(&[file("pdf", "../../../tmp/dlde-was-here.pdf", &paper(1))]).expect("an answer");
    service.ended(answer.header("location"));
    let listed = service.get("/v1/checks?q=WAS-here", "*/*").json();
    assert_eq!(listed["checks"][0]["label"], "dlde-was-here.pdf");
    assert!(!Path::new("/tmp/dlde-was-here.pdf").exists());
}

#[test]
fn with_a_token_nobody_else_is_served_and_none_is_kept_in_clear() {
    let data = folder();
    let home = data.path().to_str().expect("a path");
    let made = dlde(data.path(), &["serve", "token", "add", "chair", "--data", home]);
    assert_eq!(made.code, Some(0), "{}", made.err);
    let token = made.out.trim();
    assert!(token.starts_with("dlde_") && token.len() > 60, "{token}");
    let service = Service::start(data.path(), &[]);
    let ask =
        |header: &[(&str, &str)]| send(&service.address, "GET /v1/checks", header, b"").expect("an answer");
    let bearer = format!("Bearer {token}");
    assert_eq!(ask(&[("authorization", bearer.as_str())]).status, 200);
    for wrong in [&[][..], &[("authorization", "Bearer dlde_0")], &[("authorization", "Basic eDp5")]] {
        let refused = ask(wrong);
        assert_eq!((refused.status, refused.header("www-authenticate")), (401, "bearer"), "{wrong:?}");
    }
    assert_eq!(service.get("/healthz", "*/*").status, 200, "whether it lives, everybody may know");
    let refused = send(&service.address, "POST /v1/checks", &[("content-type", FORM)], b"");
    assert_eq!(refused.map(|refused| refused.status), Some(401));
    for name in ["dlde.db", "dlde.db-wal"] {
        let bytes = std::fs::read(data.path().join(name)).expect("the database");
        assert!(!bytes.windows(token.len()).any(|window| window == token.as_bytes()), "{name}");
    }
    assert_eq!(dlde(data.path(), &["serve", "token", "list", "--data", home]).out, "chair\n");
    assert_eq!(dlde(data.path(), &["serve", "token", "add", "chair", "--data", home]).code, Some(2));
    let remove = |name: &str| dlde(data.path(), &["serve", "token", "remove", name, "--data", home]).code;
    assert_eq!(remove("chair"), Some(2), "the last one stays: without any, more are served than before");
    assert_eq!(dlde(data.path(), &["serve", "token", "add", "other", "--data", home]).code, Some(0));
    assert_eq!(remove("chair"), Some(0));
    assert_eq!(ask(&[("authorization", bearer.as_str())]).status, 401);
}

#[test]
fn papers_that_the_database_knows_nothing_of_are_left_alone() {
    let data = folder();
    let paper = data.path().join("spool/0123456789abcdef");
    std::fs::create_dir_all(&paper).expect("what another database has accepted");
    drop(Service::start(data.path(), &[]));
    assert!(paper.is_dir(), "nobody has deleted it");
}

#[test]
fn a_token_hands_in_so_many_papers_a_minute() {
    let data = folder();
    let home = data.path().to_str().expect("a path");
    let token = dlde(data.path(), &["serve", "token", "add", "pipeline", "--data", home]).out;
    let bearer = format!("Bearer {}", token.trim());
    let service = Service::start(data.path(), &["--rate", "2"]);
    let post = |number| {
        let headers = [("content-type", FORM), ("authorization", bearer.as_str())];
        let body = form(&[file("pdf", "a.pdf", &paper(number))]);
        send(&service.address, "POST /v1/checks", &headers, &body).expect("an answer")
    };
    assert!(matches!(post(1).status, 200 | 202) && matches!(post(2).status, 200 | 202));
    let third = post(3);
    assert_eq!(third.status, 429, "two a minute");
    assert!(third.header("retry-after").parse::<u64>().is_ok_and(|seconds| (1..=60).contains(&seconds)));
}

#[test]
fn others_are_not_served_without_a_token() {
    let data = folder();
    let run = dlde(data.path(), &["serve", "--listen", "0.0.0.0:0", "--data", "d"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("dlde serve token add"), "{}", run.err);
    let service = Service::start(data.path(), &[]);
    let ask = |header| send(&service.address, "GET /v1/checks", &[header], b"").expect("an answer").status;
    assert_eq!(ask(("x-forwarded-for", "192.0.2.7")), 401);
    assert_eq!(ask(("origin", "https://example.org")), 403);
}

#[test]
fn a_full_queue_is_told_and_takes_nothing() {
    let data = folder();
    let service = Service::start(data.path(), &["--queue", "1", "--jobs", "1", "--deadline", "1ms"]);
    let first = service.hand_in(&long_paper());
    let full = service.post(&[file("pdf", "b.pdf", &paper(2))]).expect("an answer");
    assert_eq!(full.status, 429, "{}", full.body);
    assert!(full.header("retry-after").parse::<u64>().is_ok_and(|seconds| seconds > 0));
    service.ended(&first);
    assert_eq!(service.total(), 1);
}

#[test]
fn a_service_that_is_told_to_stop_keeps_what_waits() {
    let data = folder();
    let service = Service::start(data.path(), &["--deadline", "1ms", "--jobs", "1"]);
    let places: Vec<_> = (0..5).map(|number| service.hand_in(&paper(number))).collect();
    assert_eq!(service.stop().code(), Some(0));
    let service = Service::start(data.path(), &[]);
    assert!(places.iter().all(|place| service.ended(place).status == 200));
}

#[test]
fn papers_are_kept_where_that_was_asked_for() {
    let data = folder();
    let service = Service::start(data.path(), &["--keep"]);
    let place = service.hand_in(&paper(1));
    service.ended(&place);
    let kept = data.path().join("kept").join(place.rsplit('/').next().expect("an id")).join("0");
    eventually("the paper is kept", || kept.exists());
    assert_eq!(std::fs::read(kept).expect("the paper"), paper(1));
}

#[test]
fn the_list_is_filtered_and_parted_into_pages() {
    let data = folder();
    let service = Service::start(data.path(), &[]);
    let places =
        [service.hand_in(&long_paper()), service.hand_in(&paper(1)), service.hand_in(b"%PDF-1.5 torn")];
    places.iter().for_each(|place| assert_eq!(service.ended(place).status, 200));
    let ids = |query: &str| -> Vec<Value> {
        let listed = service.get(&format!("/v1/checks?{query}"), "*/*").json();
        listed["checks"].as_array().expect("checks").iter().map(|check| check["id"].clone()).collect()
    };
    let id = |place: &str| json!(place.rsplit('/').next());
    assert_eq!(ids("verdict=pass"), [id(&places[0])]);
    assert_eq!(ids("verdict=undetermined"), [id(&places[2])]);
    assert_eq!(ids("q=conservation%20LAW"), [id(&places[0])]);
    assert_eq!(ids("q=100%25_"), Vec::<Value>::new(), "signs of patterns are words");
    assert_eq!(ids("per_page=1&page=3"), [id(&places[0])], "the oldest is last");
}

#[test]
fn the_service_describes_itself() {
    let data = folder();
    let service = Service::start(data.path(), &[]);
    let api = service.get("/openapi.json", "*/*").json();
    let paths: Vec<_> = api["paths"].as_object().expect("paths").keys().cloned().collect();
    for path in ["/healthz", "/metrics", "/readyz", "/v1/checks", "/v1/checks/{id}", "/v1/checks/{id}/link"] {
        assert!(paths.iter().any(|known| known == path), "{paths:?}");
    }
    assert_eq!(service.get("/readyz", "*/*").body, "ready\n");
    service.ended(&service.hand_in(&paper(1)));
    assert_eq!(send(&service.address, "ODDLY /healthz", &[], b"").map(|answer| answer.status), Some(405));
    let metrics = service.get("/metrics", "*/*").body;
    assert!(metrics.contains("method=\"other\"") && !metrics.contains("ODDLY"), "{metrics}");
    for name in ["uploads_total", "checks_total{status=\"ok\"", "queue_length 0", "check_seconds_sum"] {
        assert!(metrics.contains(name), "{name} in {metrics}");
    }
    let id = send(&service.address, "GET /healthz", &[("x-request-id", "abc")], b"").expect("an answer");
    assert_eq!(id.header("x-request-id"), "abc", "whoever brings an id keeps it");
}
