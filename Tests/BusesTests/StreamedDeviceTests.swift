import Domain
import Installation
import Profiles
import TestSupport
import Testing

@testable import Buses

/// A scale whose frames the test sends, with a clock that the test moves; its interval is ten seconds.
@Suite struct `A device that sends text` {
    private final class Bench {
        let clock = HandClock()
        let sink: RecordingSink
        var device: StreamedDevice
        private var seen = 0

        init(_ profile: String = scale, isDown: Bool = false) throws {
            sink = RecordingSink(down: isDown ? ["gate"] : [])
            let made = BusesTests.device(try writtenProfile(profile), interval: .seconds(10))
            device = try #require(StreamedDevice(made, in: try testContext(sink, clock)))
            device.begins(isAligned: true)
        }

        /// What has come out since the last call.
        func news() -> [String] {
            let order = sink.all.order
            defer { seen = order.count }
            return Array(order[seen...])
        }

        func send(_ text: String) { _ = device.take(Array(text.utf8), at: clock.uptime()) }

        /// Sends the frame ten times a second for so long.
        func send(_ text: String, for seconds: Double) {
            for _ in 0..<Int(seconds * 10) {
                send(text)
                clock.advance(by: .milliseconds(100))
                device.tick(now: clock.uptime(), failure: nil, detail: nil)
            }
        }

        func wait(_ seconds: Int64, failure: Reason? = nil) {
            for _ in 0..<seconds * 10 {
                clock.advance(by: .milliseconds(100))
                device.tick(now: clock.uptime(), failure: failure, detail: nil)
            }
        }
    }

    private static let scale = """
        stream:
          end: "\\n"
          frames:
            weight: { pattern: "{status:2},{weight:6}kg" }
            over: { pattern: "OL,{:6}kg", bad: out_of_range }
        points:
          weight: { frame: weight, field: weight, unit: kg, stable: status }
          status: { frame: weight, field: status, words: { ST: 1, US: 0 }, private: true }

        """

    @Test func `gives one reading each interval, however often it sends`() throws {
        let bench = try Bench()
        bench.send("ST,001.50kg\n", for: 60)
        let news = bench.news()
        #expect(Set(news) == ["1.5"])
        #expect((6...8).contains(news.count), "\(news.count)")
    }

    @Test func `shows each change of the stable flag, and the last weight before it`() throws {
        let bench = try Bench()
        bench.send("ST,000.00kg\n", for: 1)
        _ = bench.news()
        bench.send("US,004.20kg\n", for: 0.5)
        bench.send("ST,005.00kg\n", for: 2)
        bench.send("US,002.00kg\n", for: 0.5)
        // Within one second of the clock's grid everything that the scale showed is there.
        #expect(bench.news() == ["0", "4.2 unstable", "4.2 unstable", "5", "5", "2 unstable"])
    }

    @Test func `has no value while it is overloaded, and one again after`() throws {
        let bench = try Bench()
        bench.send("ST,005.00kg\n", for: 0.2)
        bench.send("OL,999.99kg\n", for: 0.2)
        bench.send("ST,005.00kg\n", for: 0.2)
        let news = bench.news()
        #expect(news.first == "5" && news.last == "5")
        #expect(news.contains("null out_of_range"))
    }

    @Test func `is silent after two and a half intervals, once down and back again`() throws {
        let bench = try Bench()
        bench.send("ST,005.00kg\n")
        _ = bench.news()
        bench.wait(24)
        #expect(bench.news() == [])
        bench.wait(2)
        #expect(bench.news() == ["null not_seen", "down"])
        bench.wait(10)
        #expect(bench.news() == ["null not_seen"])
        bench.send("ST,005.00kg\n")
        #expect(bench.news() == ["up", "5"])
    }

    @Test func `says that only damaged frames come`() throws {
        let bench = try Bench()
        for _ in 0..<26 {
            bench.send("ST,0 5.00kg\n")
            bench.wait(1)
        }
        #expect(bench.news().first == "null bad_frame")
        #expect(bench.sink.all.readings.first?.samples.first??.why?.contains("frames damaged") == true)
    }

    @Test func `gives a reading at each tick while its port is not open`() throws {
        let bench = try Bench()
        bench.wait(30, failure: .port)
        #expect(bench.news() == ["null port", "null port", "down", "null port"])
    }

    @Test func `gives a reading for each answer where it is asked`() throws {
        let bench = try Bench(Self.scale.replacing("  end:", with: "  ask: \"W\"\n  end:"))
        bench.send("ST,001.00kg\n")
        bench.send("ST,001.00kg\n")
        #expect(bench.news() == ["1", "1"])
        bench.device.leftUnanswered(at: bench.clock.uptime())
        #expect(bench.news() == ["null timeout"])
        bench.device.leftUnanswered(at: bench.clock.uptime())
        #expect(bench.news() == ["null timeout", "down"])
    }
}
