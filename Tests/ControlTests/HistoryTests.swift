import Foundation
import Testing

@testable import Control

@Suite struct `A history on the socket` {
    private func written(points: Int, buses: Bool = true) -> [UInt8] {
        var writer = HistoryWriter(
            .day,
            stepSeconds: 300,
            from: "2026-11-28T01:05:00.000Z",
            steps: 4,
            leftOut: 3,
            points: points
        )
        let numbers = [12.43, .nan, -0.5, 1e-9]
        for index in 0..<points {
            writer.point(
                device: "flow-\(index)",
                point: "a \"quoted\" name",
                unit: index == 0 ? nil : "L/s",
                least: { numbers[$0] },
                mean: { numbers[$0] * 3 },
                greatest: { $0 == 3 ? 1.7976931348623157e308 : 9_007_199_254_740_991 },
                readings: { $0 * 100_000 },
                unsure: { $0 }
            )
        }
        writer.beginBuses()
        if buses {
            writer.bus(
                BusHistory(
                    bus: "line",
                    load: [0.25, nil, 1, 0],
                    requests: [1, 2, 3, 4],
                    timeouts: [0, 0, 0, 1],
                    crcErrors: [0, 0, 1, 0],
                    exceptions: [0, 1, 0, 0],
                    otherErrors: [1, 0, 0, 0],
                    missed: [0, 0, 0, 9],
                    median: [20, nil, 50, 12.345],
                    slowest: [500, nil, 50, 1_234.5]
                )
            )
        }
        return writer.end()
    }

    @Test func `what is written is what Foundation reads, and what our own reader reads`() throws {
        for points in 0...2 {
            let json = written(points: points, buses: points != 1)
            let own = try History(json: json)
            #expect(own == (try JSONDecoder().decode(History.self, from: Data(json))))
            #expect(own.points.count == points)
            #expect(own.points.first?.least == (points == 0 ? nil : [12.43, nil, -0.5, 1e-9]))
            #expect(!json.contains(10))
        }
    }

    @Test func `a text that is no history is none, and says why where the daemon did`() throws {
        func reason(_ text: String) -> NotAnswer? {
            do {
                _ = try History(json: Array(text.utf8))
                return nil
            } catch { return error }
        }
        for text in ["", "{}", "[]", "nonsense", #"{"span":"week","steps":1,"points":[]}"#] {
            #expect(reason(text) != nil && reason(text)?.isUnknownRequest == false, "\(text)")
        }
        #expect(reason(#"{"error":"unknown request"}"#)?.isUnknownRequest == true)
        #expect(reason(#"{"refused":"this socket only shows","refusal":"only_shows"}"#)?.isUnknownRequest == true)
        #expect(reason(#"{"error":"history needs a span"}"#)?.reason == "history needs a span")
        // A list that has not a place for each step is no history.
        let short = String(decoding: written(points: 1), as: UTF8.self).replacing("\"steps\":4", with: "\"steps\":5")
        #expect(reason(short) != nil)
    }

    @Test func `a request comes through as it was made, and anything else is none`() throws {
        for request in [
            HistoryRequest(.recent), HistoryRequest(.day, devices: ["a", "b\nc"], points: [], buses: true),
        ] {
            let json = try #require(ControlRequest.arguments(of: request.line, after: ControlRequest.history))
            #expect(HistoryRequest(json: json) == request && !request.line.contains("\n"))
        }
        for text in ["", "{}", #"{"span":"week","buses":true}"#, "day"] { #expect(HistoryRequest(json: text) == nil) }
    }
}
