import Domain
import TestSupport
import Testing

@testable import Indicators

@Suite struct `Closed windows` {
    private static let volume = "water-volume"

    /// All batches that a destination acknowledges at a moment, as `indicator/scope/window value r revision`, for the
    /// volume of one site.
    private static func take(_ bench: inout EngineBench, _ destination: String, _ now: Instant) -> [String] {
        var taken: [String] = []
        while let batch = bench.engine.nextFinals(for: destination, now: now) {
            taken += batch.figures.filter { $0.indicator.id == volume && $0.scope == "site-sumber-soyo" }.map {
                "\($0.window.kind.rawValue) \($0.window.from.description.dropFirst(11).prefix(5))"
                    + " \($0.text ?? "-") r\($0.revision)"
            }
            bench.engine.delivered(batch, to: destination)
        }
        return taken
    }

    @Test func `are told once, after the grace`() throws {
        var bench = try EngineBench()
        #expect(Self.take(&bench, "city", at("21 10:00")) == [])
        bench.append("flow-soyo", at("21 10:05"), .increase("volume", "5"))
        #expect(Self.take(&bench, "city", at("21 10:16:59")) == [])
        #expect(Self.take(&bench, "city", at("21 10:17")) == ["15min 03:00 5 r17"])
        #expect(Self.take(&bench, "city", at("21 10:30")) == [])
        #expect(
            Self.take(&bench, "city", at("21 11:02"))
                == ["15min 03:15 - r47", "15min 03:30 - r32", "15min 03:45 - r17", "hour 03:00 5 r62"]
        )
    }

    @Test func `are told again with a higher revision, to each destination once`() throws {
        var bench = try EngineBench()
        for city in ["city", "province"] { #expect(Self.take(&bench, city, at("21 10:00")) == []) }
        bench.append("flow-soyo", at("21 10:05"), .increase("volume", "5"))
        #expect(Self.take(&bench, "city", at("21 10:17")) == ["15min 03:00 5 r17"])
        bench.append("flow-soyo", at("21 10:06"), .increase("volume", "2"))
        #expect(Self.take(&bench, "city", at("21 10:20")) == ["15min 03:00 7 r20"])
        #expect(Self.take(&bench, "city", at("21 10:21")) == [])
        // A destination that had nothing yet gets the right figure at once.
        #expect(Self.take(&bench, "province", at("21 10:22")) == ["15min 03:00 7 r22"])
        #expect(Self.take(&bench, "province", at("21 10:23")) == [])
    }

    @Test func `of a late reading are all that it lies in`() throws {
        var bench = try EngineBench()
        _ = Self.take(&bench, "city", at("21 10:00"))
        _ = Self.take(&bench, "city", at("21 12:00"))
        bench.append("flow-soyo", at("21 10:50"), .increase("volume", "3"))
        bench.append("flow-soyo", at("21 10:40"), .increase("volume", "4"))
        // The day is not over: it is sent with the open windows.
        #expect(
            Self.take(&bench, "city", at("21 12:01")).sorted() == [
                "15min 03:30 4 r91", "15min 03:45 3 r76", "hour 03:00 7 r121",
            ]
        )
    }

    @Test func `that change on their way are told again`() throws {
        var bench = try EngineBench()
        _ = Self.take(&bench, "city", at("21 10:00"))
        bench.append("flow-soyo", at("21 10:05"), .increase("volume", "5"))
        let batch = try bench.offer("city", at("21 10:17"))
        // Computed and sent, not yet acknowledged.
        bench.append("flow-soyo", at("21 10:06"), .increase("volume", "2"))
        bench.engine.delivered(batch, to: "city")
        #expect(Self.take(&bench, "city", at("21 10:18")) == ["15min 03:00 7 r18"])
        #expect(Self.take(&bench, "city", at("21 10:19")) == [])
    }

    @Test func `that change again on their second way are told a third time`() throws {
        var bench = try EngineBench()
        _ = Self.take(&bench, "city", at("21 10:00"))
        _ = Self.take(&bench, "city", at("21 10:17"))
        bench.append("flow-soyo", at("21 10:05"), .increase("volume", "5"))
        let batch = try bench.offer("city", at("21 10:18"))
        bench.append("flow-soyo", at("21 10:06"), .increase("volume", "2"))
        bench.engine.delivered(batch, to: "city")
        #expect(Self.take(&bench, "city", at("21 10:19")) == ["15min 03:00 7 r19"])
    }

    @Test func `that were refused are offered again`() throws {
        var bench = try EngineBench()
        _ = Self.take(&bench, "city", at("21 10:00"))
        let batch = try bench.offer("city", at("21 10:17"))
        #expect(batch.figures.count > 0)
        #expect(Self.take(&bench, "city", at("21 10:18")) == ["15min 03:00 - r18"])
    }

    @Test func `are owed over a restart`() throws {
        var bench = try EngineBench()
        _ = Self.take(&bench, "city", at("21 10:00"))
        _ = Self.take(&bench, "city", at("21 10:17"))
        bench.append("flow-soyo", at("21 10:05"), .increase("volume", "5"))
        bench.save(now: at("21 10:18"))
        bench.append("flow-soyo", at("21 10:06"), .increase("volume", "2"))
        bench.crash()
        #expect(Self.take(&bench, "city", at("21 10:19")) == ["15min 03:00 7 r19"])
    }

    @Test func `are owed over a kill soon after the first start, as a new destination is saved at once`() throws {
        var bench = try EngineBench()
        let first = bench.engine.serve(["city"], now: at("21 10:00"))
        bench.save(now: at("21 10:00"))
        let second = bench.engine.serve(["city"], now: at("21 10:01"))
        bench.append("flow-soyo", at("21 10:05"), .increase("volume", "5"))
        bench.crash()
        let third = bench.engine.serve(["city"], now: at("21 10:20"))
        #expect([first, second, third] == [true, false, false])
        #expect(Self.take(&bench, "city", at("21 10:20")) == ["15min 03:00 5 r20"])
    }

    @Test func `are not kept for what is no destination any more`() throws {
        var bench = try EngineBench()
        _ = Self.take(&bench, "city", at("21 10:00"))
        _ = Self.take(&bench, "old", at("21 10:00"))
        bench.engine.serve(["city"], now: at("21 10:00"))
        // It begins anew with the windows that end from now on.
        #expect(Self.take(&bench, "old", at("21 11:02")) == [])
        #expect(Self.take(&bench, "city", at("21 11:02")).count == 5)
    }
}

@Suite struct `Open windows` {
    private static func shown(_ figures: [Figure]) -> Set<String> {
        Set(
            figures.filter { $0.indicator.id == "water-volume" && $0.scope == "gateway" }.map {
                "\($0.window.kind.rawValue) \($0.text ?? "-")"
            }
        )
    }

    @Test func `are told when they begin and when they change`() throws {
        var bench = try EngineBench()
        bench.append("flow-soyo", at("21 10:05"), .increase("volume", "5"))
        let first = bench.engine.openFigures(now: at("21 10:06"), long: true)
        #expect(Self.shown(first) == ["15min 5", "hour 5", "day 5", "month 5", "year 5"])
        #expect(first.allSatisfy { $0.isProvisional })
        #expect(bench.engine.openFigures(now: at("21 10:07"), long: true).isEmpty)
        bench.append("flow-soyo", at("21 10:07"), .increase("volume", "1"))
        #expect(
            Self.shown(bench.engine.openFigures(now: at("21 10:08"), long: false)) == ["15min 6", "hour 6", "day 6"]
        )
        // The next quarter has begun; now the long windows are sent.
        #expect(
            Self.shown(bench.engine.openFigures(now: at("21 10:15"), long: true))
                == ["15min -", "hour 6", "day 6", "month 6", "year 6"]
        )
        #expect(bench.engine.openFigures(now: at("21 10:16"), long: true).isEmpty)
    }
}
