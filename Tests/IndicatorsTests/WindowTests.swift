import Domain
import Testing

@testable import Indicators

/// Amsterdam in 2026: summer from 29 March 01:00Z to 25 October 01:00Z.
let amsterdam = Zone(
    name: "Europe/Amsterdam",
    offset: { moment("2026-03-29T01:00:00Z") <= $0 && $0 < moment("2026-10-25T01:00:00Z") ? 7_200 : 3_600 },
    offsetOfLocal: { moment("2026-03-29T02:00:00Z") <= $0 && $0 < moment("2026-10-25T03:00:00Z") ? 7_200 : 3_600 }
)

struct Edge: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var kind: WindowKind
    var time: String
    var from: String
    var to: String
    var zone = wib
}

@Suite struct Windows {
    static let wibEdges = [
        Edge(
            testDescription: "a day's last millisecond",
            kind: .day,
            time: "2026-11-21T16:59:59.999Z",
            from: "2026-11-20T17:00:00Z",
            to: "2026-11-21T17:00:00Z"
        ),
        Edge(
            testDescription: "a day's first moment is midnight in WIB",
            kind: .day,
            time: "2026-11-21T17:00:00Z",
            from: "2026-11-21T17:00:00Z",
            to: "2026-11-22T17:00:00Z"
        ),
        Edge(
            testDescription: "a quarter before midnight",
            kind: .quarter,
            time: "2026-11-21T16:59:59.999Z",
            from: "2026-11-21T16:45:00Z",
            to: "2026-11-21T17:00:00Z"
        ),
        Edge(
            testDescription: "an hour from its first moment",
            kind: .hour,
            time: "2026-11-21T03:00:00Z",
            from: "2026-11-21T03:00:00Z",
            to: "2026-11-21T04:00:00Z"
        ),
        Edge(
            testDescription: "November ends in WIB",
            kind: .month,
            time: "2026-11-30T16:59:59.999Z",
            from: "2026-10-31T17:00:00Z",
            to: "2026-11-30T17:00:00Z"
        ),
        Edge(
            testDescription: "December begins in WIB",
            kind: .month,
            time: "2026-11-30T17:00:00Z",
            from: "2026-11-30T17:00:00Z",
            to: "2026-12-31T17:00:00Z"
        ),
        Edge(
            testDescription: "February of a leap year",
            kind: .month,
            time: "2028-02-29T12:00:00Z",
            from: "2028-01-31T17:00:00Z",
            to: "2028-02-29T17:00:00Z"
        ),
        Edge(
            testDescription: "the leap day",
            kind: .day,
            time: "2028-02-29T00:00:00Z",
            from: "2028-02-28T17:00:00Z",
            to: "2028-02-29T17:00:00Z"
        ),
        Edge(
            testDescription: "the year ends in WIB",
            kind: .year,
            time: "2026-12-31T16:59:59.999Z",
            from: "2025-12-31T17:00:00Z",
            to: "2026-12-31T17:00:00Z"
        ),
        Edge(
            testDescription: "the year begins in WIB",
            kind: .year,
            time: "2026-12-31T17:00:00Z",
            from: "2026-12-31T17:00:00Z",
            to: "2027-12-31T17:00:00Z"
        ),
    ]

    static let amsterdamEdges = [
        Edge(
            testDescription: "the day of 23 hours",
            kind: .day,
            time: "2026-03-29T12:00:00Z",
            from: "2026-03-28T23:00:00Z",
            to: "2026-03-29T22:00:00Z",
            zone: amsterdam
        ),
        Edge(
            testDescription: "the day of 25 hours",
            kind: .day,
            time: "2026-10-25T12:00:00Z",
            from: "2026-10-24T22:00:00Z",
            to: "2026-10-25T23:00:00Z",
            zone: amsterdam
        ),
        Edge(
            testDescription: "the hour that is shown twice, first",
            kind: .hour,
            time: "2026-10-25T00:30:00Z",
            from: "2026-10-25T00:00:00Z",
            to: "2026-10-25T01:00:00Z",
            zone: amsterdam
        ),
        Edge(
            testDescription: "the hour that is shown twice, again",
            kind: .hour,
            time: "2026-10-25T01:30:00Z",
            from: "2026-10-25T01:00:00Z",
            to: "2026-10-25T02:00:00Z",
            zone: amsterdam
        ),
        Edge(
            testDescription: "a month over the change",
            kind: .month,
            time: "2026-03-31T21:59:59Z",
            from: "2026-02-28T23:00:00Z",
            to: "2026-03-31T22:00:00Z",
            zone: amsterdam
        ),
        Edge(
            testDescription: "a year that begins and ends in winter",
            kind: .year,
            time: "2026-07-01T00:00:00Z",
            from: "2025-12-31T23:00:00Z",
            to: "2026-12-31T23:00:00Z",
            zone: amsterdam
        ),
    ]

    @Test(arguments: wibEdges + amsterdamEdges) func `begin and end with the zone's clocks`(edge: Edge) {
        let window = Window(edge.kind, containing: moment(edge.time), in: edge.zone)
        #expect(window.from == moment(edge.from))
        #expect(window.to == moment(edge.to))
        #expect(window.contains(window.from))
        #expect(!window.contains(window.to))
        #expect(window.next(in: edge.zone).from == window.to)
        #expect(Window(edge.kind, containing: window.from, in: edge.zone) == window)
    }

    @Test(arguments: WindowKind.allCases) func `follow each other without a hole`(kind: WindowKind) {
        for zone in [wib, amsterdam, Zone(name: "Asia/Kathmandu", hours: 0).shifted(minutes: 345)] {
            var window = Window(kind, containing: moment("2026-02-27T22:00:00Z"), in: zone)
            let steps: [WindowKind: Int] = [.quarter: 300, .hour: 300, .day: 400, .month: 12, .year: 3]
            for _ in 0..<(steps[kind] ?? 0) {
                let next = window.next(in: zone)
                #expect(next.from == window.to)
                #expect(next.to > next.from)
                #expect(window.from.millisecondsSince1970 % Window.bin == 0)
                window = next
            }
        }
    }

    @Test func `of a day know their bins`() {
        #expect(Window(.day, containing: at("21 10:00"), in: wib).bins.count == 96)
        #expect(Window(.day, containing: moment("2026-03-29T12:00:00Z"), in: amsterdam).bins.count == 92)
    }
}

@Suite struct Days {
    @Test(arguments: [
        ("2026-11-21T16:59:59.999Z", "2026-11-21"), ("2026-11-21T17:00:00Z", "2026-11-22"),
        ("2026-12-31T17:00:00Z", "2027-01-01"), ("2028-02-28T17:00:00Z", "2028-02-29"),
        ("1969-12-31T16:59:59Z", "1969-12-31"),
    ]) func `are the zone's`(time: String, day: String) {
        #expect(wib.day(of: moment(time)).description == day)
        #expect(wib.day(of: wib.start(of: wib.day(of: moment(time)))) == wib.day(of: moment(time)))
    }

    @Test(arguments: [
        ("2026-11-21", "2026-11-01", "2026-12-01", "2027-01-01"),
        ("2026-12-31", "2026-12-01", "2027-01-01", "2027-01-01"),
        ("2028-02-29", "2028-02-01", "2028-03-01", "2029-01-01"),
    ]) func `know their month and year`(day: String, first: String, next: String, year: String) {
        let day = Zone(name: "UTC", hours: 0).day(of: moment(day + "T00:00:00Z"))
        #expect(day.firstOfMonth.description == first)
        #expect(day.firstOfNextMonth.description == next)
        #expect(day.firstOfNextYear.description == year)
        #expect(day.firstOfYear.description == first.prefix(4) + "-01-01")
    }
}

extension Zone {
    /// The zone moved east by so many minutes.
    func shifted(minutes: Int64) -> Zone {
        let (offset, offsetOfLocal) = (offset, offsetOfLocal)
        return Zone(
            name: name,
            offset: { offset($0) + minutes * 60 },
            offsetOfLocal: { offsetOfLocal($0) + minutes * 60 }
        )
    }
}
