import Foundation
import Platform
import TestSupport
import Testing

@Suite struct `What the kernel says about the box` {
    /// A folder in the place of /proc or /sys.
    private func folder(_ files: [String: String]) throws -> String {
        let root = try temporaryFolder()
        for (path, text) in files {
            let url = URL(fileURLWithPath: root + "/" + path)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(text.utf8).write(to: url)
        }
        return root
    }

    @Test func `has the temperature of each zone that gives one`() throws {
        let sys = try folder([
            "class/thermal/thermal_zone10/temp": "-5500\n", "class/thermal/thermal_zone10/type": "board\n",
            "class/thermal/thermal_zone2/temp": "48250\n", "class/thermal/thermal_zone2/type": "cpu-thermal\n",
            // A driver without a measurement: 0 K, an empty file, no file, words.
            "class/thermal/thermal_zone3/temp": "-274000\n", "class/thermal/thermal_zone4/temp": "",
            "class/thermal/thermal_zone5/type": "gpu\n", "class/thermal/thermal_zone6/temp": "hot\n",
            "class/thermal/cooling_device0/type": "fan\n",
        ])
        defer { removeFolder(sys) }
        let zones = BoxFacts(sys: sys).temperatures
        #expect(zones.map(\.number) == [2, 10])
        #expect(zones.map(\.type) == ["cpu-thermal", "board"])
        #expect(zones.map(\.celsius) == [48.25, -5.5])
    }

    @Test func `has memory and load as /proc shows them`() throws {
        let proc = try folder([
            "meminfo": "MemTotal:         998828 kB\nMemFree:  9 kB\nMemAvailable:     612 kB\n",
            "loadavg": "0.52 1.58 10.59 1/597 12345\n",
        ])
        defer { removeFolder(proc) }
        let facts = BoxFacts(proc: proc)
        #expect(facts.memory?.size == Int64(998_828 * 1_024))
        #expect(facts.memory?.available == Int64(612 * 1_024))
        #expect(facts.load == [0.52, 1.58, 10.59])
    }

    /// Zero would be a measurement.
    @Test func `lacks what the box does not have`() throws {
        let nothing = try folder(["meminfo": "MemTotal: 1 kB\n", "loadavg": "1.0 2.0\n"])
        defer { removeFolder(nothing) }
        let facts = BoxFacts(proc: nothing, sys: nothing)
        #expect(facts.temperatures.isEmpty)
        #expect(facts.memory?.available == nil)
        #expect(facts.load == nil)
        #expect(BoxFacts(proc: nothing + "/none").memory == nil)
        #expect(facts.disk(of: nothing + "/none") == nil)
        #expect(ProcessFacts(proc: nothing) == nil)
    }

    @Test func `has the disk of a folder as df has it`() throws {
        let (_, lines) = try ChildProcess.run("/bin/df", ["--block-size=1", "--output=size", "/proc/.."])
        let disk = try #require(BoxFacts().disk(of: "/"))
        #expect(lines.last.flatMap { Int64($0.trimmingCharacters(in: .whitespaces)) } == disk.size)
        #expect(disk.free >= 0 && disk.free <= disk.size)
    }

    @Test func `has this process, whatever it is called`() throws {
        let facts = try #require(ProcessFacts())
        #expect(facts.cpu > 0 && facts.threads > 0 && facts.resident > 1 << 20 && facts.virtual > facts.resident)
        #expect(try #require(facts.openFiles) >= 3)
        let age = Date().timeIntervalSince1970 - (try #require(facts.start))
        #expect((-2...86_400).contains(age), "\(age) s")

        let fields = (4...52).map { "\($0)" }.joined(separator: " ")
        let proc = try folder([
            "self/stat": "7 (a) b (c) S \(fields)\n", "stat": "cpu 1\nintr 5 6\nbtime 1700000000\n",
            "self/fd/0": "", "self/fd/1": "", "self/fd/2": "", "self/fd/3": "",
        ])
        defer { removeFolder(proc) }
        let named = try #require(ProcessFacts(proc: proc))
        #expect(named.cpu == Double(14 + 15) / 100)
        #expect(named.threads == 20 && named.virtual == 23 && named.start == 1_700_000_000.22)
        #expect(named.openFiles == 3)
    }
}
