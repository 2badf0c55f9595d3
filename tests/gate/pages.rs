//! The pages of the gate: the one for chairs, and the check in the browser for authors.

use crate::support::http::send;
use crate::support::program::dlde;
use crate::support::service::Service;
use crate::{folder, paper};

#[test]
fn the_page_asks_nobody_else_and_a_link_to_a_report_is_good_once() {
    let data = folder();
    let service = Service::start(data.path(), &[]);
    for (path, kind) in [("/", "text/html"), ("/page.css", "text/css"), ("/page.js", "text/javascript")] {
        let file = service.get(path, "*/*");
        assert!(file.status == 200 && file.header("content-type").starts_with(kind), "{}", file.head);
        let policy = file.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        assert!(!file.body.contains("http://") && !file.body.contains("https://"), "{path}");
    }
    let place = service.hand_in(&paper(1));
    service.ended(&place);
    let made = send(&service.address, &format!("POST {place}/link"), &[], b"").expect("an answer");
    let path = made.json()["path"].as_str().expect("a path").to_owned();
    let report = service.get(&path, "text/html");
    assert!(report.status == 200 && report.header("content-security-policy").contains("sandbox"));
    assert_eq!(service.get(&path, "text/html").status, 404);
}

#[test]
fn the_check_in_the_browser_is_served_where_it_is_asked_for() {
    let data = folder();
    let page = data.path().join("dist");
    std::fs::create_dir_all(page.join("sty")).expect("a folder");
    for (name, text) in
        [("index.html", "<p>hello"), ("page.js", "//"), ("sty/a.sty", "%"), ("secret.env", "x")]
    {
        std::fs::write(page.join(name), text).expect("a file");
    }
    let service = Service::start(data.path(), &["--page", &page.display().to_string()]);
    for (path, kind) in [
        ("/check/", "text/html"),
        ("/check/index.html", "text/html"),
        ("/check/page.js", "text/java"),
        ("/check/sty/a.sty", "text/plain"),
    ] {
        let file = service.get(path, "*/*");
        assert!(file.status == 200 && file.header("content-type").starts_with(kind), "{path}: {}", file.head);
    }
    assert_eq!(service.get("/check", "*/*").header("location"), "/check/");
    for path in ["/check/secret.env", "/check/../d/dlde.db", "/check/sty/", "/check/sty/%2e%2e/page.js"] {
        assert_eq!(service.get(path, "*/*").status, 404, "{path}");
    }
    drop(service);
    assert_eq!(Service::start(data.path(), &[]).get("/check/", "*/*").status, 404);
    let run = dlde(data.path(), &["serve", "--listen", "127.0.0.1:0", "--data", "e", "--page", "nowhere"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("nowhere: holds no index.html") && run.err.contains("web/build"), "{}", run.err);
}
