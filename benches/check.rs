//! How long a check takes, from bytes to verdicts: `cargo bench --bench check`.
#![expect(clippy::disallowed_methods, reason = "the bench reads the samples")]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use dlde::check::{Selection, check};
use dlde::profile::{BUILTIN, ProfileFile, Stage, Track};
use dlde::report::Look;
use dlde::{Format, Submission};
use std::hint::black_box;
use std::path::Path;

/// Papers of 5 and of 10 pages.
const SAMPLES: [&str; 2] = ["clean", "long-appendix"];

fn bench(criterion: &mut Criterion) {
    let (id, text) = BUILTIN[0];
    let profile =
        ProfileFile::parse(id, text).expect("a sound venue").profile(Stage::default(), Track::default());
    let mut group = criterion.benchmark_group("check");
    for sample in SAMPLES {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(sample).join("paper.pdf");
        let bytes = std::fs::read(path).expect("a sample");
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_function(sample, |bencher| {
            bencher.iter(|| {
                let submission = Submission::single("paper.pdf".to_owned(), black_box(&bytes).clone());
                let report = check(&submission, &profile, &Selection::default());
                let mut out = Vec::new();
                Format::Text.write(&report, &Look::default(), &mut out).expect("a vector takes everything");
                black_box(out)
            });
        });
    }
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
