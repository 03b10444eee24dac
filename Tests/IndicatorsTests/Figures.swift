import Documents
import Domain
import Foundation
import Installation
import Journal
import Platform
import Profiles
import Synchronization
import TestSupport
import Testing

@testable import Indicators

/// The space for a year of 200 devices at 10 s; GATEWAY_FIGURES=1 switches it on, GATEWAY_FIGURES_DAYS shortens the
/// year.
@Suite("Figures", .enabled(if: ProcessInfo.processInfo.environment["GATEWAY_FIGURES"] != nil))
struct Figures {
    /// 40 counter modules, 80 flow meters, 40 pH probes and 40 scales.
    private static var configuration: String {
        let kinds = [("iologik-e1212", 40), ("tuf-2000m", 80), ("sup-ph8001", 40), ("laumas-w100", 40)]
        var devices = ""
        for (profile, count) in kinds {
            for index in 0..<count {
                devices +=
                    "  \(profile)-\(index): { profile: \(profile), bus: \(profile), unit: \(index + 1), "
                    + "site: site-\(index / 4), interval: 10s, labels: { category: plastik }, \(Field.verified) }\n"
            }
        }
        let sites = (0..<20).map { "  site-\($0): { kelurahan: K\($0 / 4), kecamatan: Pesantren }\n" }.joined()
        let buses = kinds.enumerated().map { "  \($1.0): { tcp: 127.0.0.\($0 + 1):502 }\n" }.joined()
        return "gateway: kdr-year-01\ntimezone: Asia/Jakarta\nsites:\n\(sites)buses:\n\(buses)devices:\n\(devices)"
            + "destinations:\n  city: { mqtt: mqtts://b.example, username: kdr-year-01, password_file: credential:c }\n"
            + "storage: { path: /tmp, limit: 64MB }\n"
    }

    /// So many pieces of 90 readings each, with numbers of a realistic size.
    private static func page(
        _ numbers: Range<Int64>,
        isIncrease: Bool,
        isDay: Bool,
        _ generator: inout SplitMix
    ) -> [UInt8] {
        var bins = Bins()
        for (index, number) in numbers.enumerated() {
            var tally = Tally()
            tally.received = isDay ? 8_640 : 90
            tally.count = tally.received
            tally.sum = Fixed(billionths: Int128.random(in: 1_000_000_000_000...9_000_000_000_000, using: &generator))
            if isIncrease {
                tally.carried.head = .init(amount: fixed("1.5"), milliseconds: 5_000)
                tally.carried.tail = .init(amount: fixed("1.5"), milliseconds: 5_000)
            } else {
                tally.extremes = (
                    Fixed(billionths: Int128.random(in: 1_000_000_000...9_000_000_000, using: &generator)),
                    Fixed(billionths: Int128.random(in: 11_000_000_000...12_000_000_000, using: &generator))
                )
                tally.integral = tally.sum.billionths * 10_000
                tally.milliseconds = Window.bin
                tally.within = Window.bin
            }
            let seq = UInt64(index + 1) * 18_000 * (isDay ? 96 : 1) + 500_000_000
            tally.identities = [IdentityRange(epoch: "12-3f2a9c1d", from: seq, to: seq + 17_990)]
            bins.merge(tally, "", at: number)
        }
        return bins.bytes
    }

    private static func memory() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS") } ?? ""
        return (line.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) } ?? 0) / 1_024
    }

    @Test("a year of windows of 200 devices")
    func year() throws {
        let environment = ProcessInfo.processInfo.environment
        let days = environment["GATEWAY_FIGURES_DAYS"].flatMap { Int64($0) } ?? 365
        let folder = try ScratchFolder()
        let clock = SystemClock()
        let settings = JournalSettings(
            directory: folder.path,
            gateway: "kdr-year-01",
            limit: 8 << 30,
            destinations: [JournalDestination(id: "city")]
        )
        let watch = ContinuousClock()
        let plan = IndicatorPlan(
            catalogue: try Shipped.indicators(),
            configuration: try Field.configuration(Self.configuration),
            log: ProblemLog()
        )
        let sources = plan.uses.keys.sorted()
        let last = Day(year: 2026, month: 12, day: 31)
        var generator = SplitMix(seed: 7)
        var journal = try Journal(settings: settings, time: clock) { Issue.record($0) }
        var bytes = 0
        let writing = watch.measure {
            for day in (last.number - days + 1)...last.number {
                let day = Day(number: day)
                let bins = day.number * 96 - 28..<day.number * 96 + 68
                let pages = [true, false].map { Self.page(bins, isIncrease: $0, isDay: false, &generator) }
                // Bins that the gateway would have deleted by the end are not written.
                let kept = day.number > last.number - BinStore.days ? sources : []
                var changes = kept.map {
                    (
                        key: "\(BinStore.Key(source: $0, row: .bins, day: day))",
                        value: pages[$0.taken.contains("#increase") ? 0 : 1]
                    )
                }
                if day == last || (day + 1).firstOfMonth == day + 1 {
                    let numbers = day.firstOfMonth.number..<day.number + 1
                    let months = [true, false].map { Self.page(numbers, isIncrease: $0, isDay: true, &generator) }
                    changes += sources.map {
                        (
                            key: "\(BinStore.Key(source: $0, row: .days, day: day.firstOfMonth))",
                            value: months[$0.taken.contains("#increase") ? 0 : 1]
                        )
                    }
                }
                bytes += changes.reduce(0) { $0 + $1.value.count }
                if !journal.save(changes, through: 0) { Issue.record("not saved") }
            }
        }
        journal.close()
        let size = try FileManager.default.contentsOfDirectory(atPath: folder.path).reduce(0) { size, name in
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.path + "/" + name)
            return size + (attributes[.size] as? Int ?? 0)
        }
        let before = try Self.memory()
        let opening = try watch.measure { journal = try Journal(settings: settings, time: clock) { Issue.record($0) } }
        defer { journal.close() }
        let opened = journal
        var engine = IndicatorEngine(gateway: "kdr-year-01", plan: plan, zone: wib, load: { opened.load($0) })
        let now = wib.start(of: last) + .seconds(80_000)
        var count = 0
        let first = watch.measure { count = engine.openFigures(now: now, long: true).count }
        let after = try Self.memory()
        for day in [last, last + -1] {
            for source in sources {
                engine.bins.add(Tally(), "", of: source, bin: day.number * 96, day: day)
                engine.bins.add(Tally(), "", of: source, day: day)
            }
        }
        var changed = 0
        let saving = watch.measure { changed = engine.takeChanges(now: now).reduce(0) { $0 + $1.value.count } }
        print("\(plan.feeds.count) devices, \(sources.count) rows of bins, \(plan.assignments.count) figures x windows")
        print("\(days) days: \(bytes / 1_000_000) MB of bins, \(size / 1_000_000) MB on disk, written in \(writing)")
        print("open the journal: \(opening); all \(count) open figures: \(first)")
        print("memory: \(before) MiB before, \(after) MiB with all open figures")
        print("two days of all bins as bytes: \(saving), \(changed / 1_000) kB")
    }
}
