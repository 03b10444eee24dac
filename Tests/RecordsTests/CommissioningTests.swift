import Foundation
import Testing
import TestSupport

/// A pymodbus meter on a serial line or over TCP, in a configuration made for the test.
private final class Site {
    let folder: ScratchFolder
    let server: PythonPeer
    /// 18 m3/h, 1481 m/s, 123456.75 m3 and so on: the second vector of the shipped TUF-2000M profile.
    private static let memory = """
        {"holding": {"0": [0, 16784, 0, 0, 0, 16320, 8192, 17593, 57920, 1, 0, 16192, 7, 0, 0, 16000],
         "71": [0], "91": [21082, 1024, 1025]}}
        """

    init(_ kind: String) throws {
        folder = try ScratchFolder()
        server = try PythonPeer("modbus_memory_server.py", arguments: [kind, Self.memory])
        for name in ["tuf-2000m", "laumas-w100"] {
            try folder.write(
                try String(contentsOfFile: Repository.devices + "/\(name).yaml", encoding: .utf8),
                to: "profiles/\(name).yaml"
            )
        }
        try configure(bus: kind == "tcp" ? "tcp: 127.0.0.1:\(server.ready)" : "serial: \(server.ready), baud: 9600")
    }

    var record: String { folder.path + "/record.txt" }

    func configure(bus: String, serial: String = "20117431", unit: Int = 1) throws {
        try folder.write(
            """
            gateway: box-1
            sites: { pond: { name: Kolam } }
            buses: { line: { \(bus) } }
            devices:
              flow: { profile: tuf-2000m, bus: line, unit: \(unit), site: pond, interval: 1s, serial: "\(serial)" }
              other: { profile: tuf-2000m, bus: line, unit: 9, site: pond, interval: 1s }
            destinations: { city: { mqtt: "mqtt://127.0.0.1:1" } }
            clock: trusted
            storage: { path: \(folder.path)/journal, limit: 8MB }
            control: { socket: \(folder.path)/control.sock }

            """,
            to: "gateway.yaml"
        )
    }

    func gateway(_ words: String...) throws -> (status: Int32, text: String) { try gateway(words) }

    func gateway(_ words: [String]) throws -> (status: Int32, text: String) {
        let files = ["--config", folder.path + "/gateway.yaml", "--profiles", folder.path + "/profiles"]
        let (status, lines) = try ChildProcess.run(GatewayProgram.path, words + files)
        return (status, lines.joined(separator: "\n"))
    }

    func json() throws -> JSONNode { JSONNode(text: try String(contentsOfFile: record + ".json", encoding: .utf8)) }

    func text() throws -> [String] {
        try String(contentsOfFile: record, encoding: .utf8).split(separator: "\n").map(String.init)
    }
}

@Suite(.serialized, .timeLimit(.minutes(3))) struct `The commissioning record` {
    @Test(arguments: [("rtu", "id"), ("tcp", "en")])
    func `says who, when, which device, what was found, and how it was read`(kind: String, language: String) throws {
        let site = try Site(kind)
        let (status, said) = try site.gateway(
            "probe",
            "flow",
            "--record",
            site.record,
            "--by",
            "Budi Santoso",
            "--rounds",
            "3",
            "--expect",
            "discharge=18,00 m3/h",
            "--expect",
            "volume=123456.7",
            "--lang",
            language
        )
        #expect(status == 0, "\(said)")
        let json = try site.json()
        for (key, value) in [
            ("by", "Budi Santoso"), ("device", "flow"), ("serial", "20117431"), ("profile", "tuf-2000m"),
            ("framing", kind), ("gateway", "box-1"), ("site", "Kolam"), ("clock", "synchronised"),
        ] { #expect(json[key].string == value, "\(key)") }
        #expect(json["ok"] == true)
        #expect(json["rounds"] == 3)
        // Four a round, and once the register that only some models have: this one refuses it, and is well without.
        #expect(json["requests"]["sent"] == 13)
        #expect(json["requests"]["answered"] == 13)
        #expect(json["requests"]["error_rate"] == 0)
        #expect((json["latency"]["median_ms"].double ?? 0) > 0)
        guard case .array(let comparisons) = json["comparisons"], case .array(let frames) = json["frames"] else {
            Issue.record("\(json)")
            return
        }
        #expect(comparisons.map { $0["ok"] } == [true, true])
        #expect(comparisons[0]["reading"] == 18)
        #expect(comparisons[1]["difference"] == 0.05)
        #expect(frames.count == 26)
        if kind == "rtu" {
            // 18 m3/h as CDAB, by Python's struct, with its CRC by pymodbus.
            #expect(frames[0]["bytes"] == "01 03 00 00 00 02 C4 0B")
            #expect(frames[1]["bytes"] == "01 03 04 00 00 41 90 CA 0F")
        }
        let text = try site.text()
        #expect(text.allSatisfy { $0.count <= 80 }, "\(text.filter { $0.count > 80 })")
        let words =
            language == "id" ? ["BERITA ACARA", "Budi Santoso", "LULUS", "sesuai"] : ["RECORD", "PASSED", "agrees"]
        for word in words { #expect(text.contains { $0.contains(word) }, "\(word)") }
    }

    /// Root records in a folder where others may write.
    @Test(arguments: ["record.txt", "record.txt.json"])
    func `goes into a file, and never to where a link leads`(name: String) throws {
        let site = try Site("tcp")
        let probe = ["probe", "flow", "--record", site.record, "--by", "Budi", "--rounds", "1"]
        #expect(try site.gateway(probe).status == 0)
        let first = try site.json()["began"]
        let again = try site.gateway(probe)
        #expect(again.status == 2)
        #expect(again.text.contains("a record is never replaced"), "\(again.text)")
        #expect(try site.json()["began"] == first)

        let (place, other) = (site.folder.path + "/" + name, site.folder.path + "/other")
        try site.folder.write("kept", to: "other")
        for file in [site.record, site.record + ".json"] { try FileManager.default.removeItem(atPath: file) }
        try FileManager.default.createSymbolicLink(atPath: place, withDestinationPath: other)
        let refused = try site.gateway(probe)
        #expect(refused.status == 2)
        #expect(refused.text.contains("--record \(place): a link"), "\(refused.text)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: site.folder.path).contains(name))
        #expect(try String(contentsOfFile: other, encoding: .utf8) == "kept")
    }

    @Test func `fails where the display shows something else, or nobody answers, and verifies nothing then`() throws {
        let site = try Site("tcp")
        let by = ["--by", "Budi", "--rounds", "2"]
        let differs = try site.gateway(
            "probe",
            "flow",
            "--record",
            site.record,
            by[0],
            by[1],
            by[2],
            by[3],
            "--expect",
            "discharge=6.00"
        )
        #expect(differs.status == 1)
        #expect(differs.text.contains("discharge: the display shows 6.00, the reading is 5"), "\(differs.text)")
        #expect(try site.json()["ok"] == false)
        let refused = try site.gateway("verify", "flow", "--by", "Diskominfo", "--record", site.record)
        #expect(refused.status == 1)
        #expect(refused.text.contains("FAILED (discharge: 6.00)"), "\(refused.text)")
        #expect(!FileManager.default.fileExists(atPath: site.folder.path + "/verified.d"))

        let mute = ScriptedPeer(tcp: { _, _ in [] })
        defer { mute.stop() }
        try site.configure(bus: "tcp: 127.0.0.1:\(mute.port)")
        let record = site.folder.path + "/mute"
        #expect(try site.gateway("probe", "flow", "--record", record, by[0], by[1]).status == 1)
        let json = JSONNode(text: try String(contentsOfFile: record + ".json", encoding: .utf8))
        #expect(json["diagnosis"] == "tcp_mute")
        #expect(try site.gateway("verify", "flow", "--by", "Diskominfo", "--record", record).status == 1)
    }

    /// It would prove nothing, and a person would sign it.
    @Test func `is not made of a device that nobody could ask`() throws {
        let site = try Site("tcp")
        try site.configure(bus: "tcp: 127.0.0.1:\(try freePort())")
        let refused = try site.gateway("probe", "flow", "--record", site.record, "--by", "Budi", "--lang", "en")
        #expect(refused.status == 1)
        #expect(refused.text.contains("tcp_refused"), "\(refused.text)")
        #expect(refused.text.contains("No record was written"), "\(refused.text)")
        #expect(!FileManager.default.fileExists(atPath: site.record))
        #expect(!FileManager.default.fileExists(atPath: site.record + ".json"))
    }

    @Test func `has a home beside the journal, by device and day, and a name of its own each time`() throws {
        let site = try Site("tcp")
        let home = site.folder.path + "/journal/records"
        try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
        for _ in 1...2 {
            #expect(try site.gateway("probe", "flow", "--record", "--by", "Budi", "--rounds", "1").status == 0)
        }
        let files = try FileManager.default.contentsOfDirectory(atPath: home).sorted()
        let day = try #require(files.first?.dropFirst("flow-".count).prefix(10))
        let names = ["flow-\(day)-2", "flow-\(day)"].flatMap { [$0 + ".json", $0 + ".txt"] }
        #expect(files == names.sorted())
        let verified = try site.gateway("verify", "flow", "--by", "Dinas", "--record", home + "/flow-\(day).txt")
        #expect(verified.status == 0, "\(verified.text)")
    }

    @Test func `verifies its device, as long as profile and serial number stay`() throws {
        let site = try Site("tcp")
        let bus = "tcp: 127.0.0.1:\(site.server.ready)"
        #expect(try site.gateway("probe", "flow", "--record", site.record, "--by", "Budi", "--rounds", "1").status == 0)
        func verify(_ device: String = "flow") throws -> (status: Int32, text: String) {
            try site.gateway("verify", device, "--by", "Dinas \"Kominfo\": Kediri", "--record", site.record)
        }
        let unverified = "not verified, so counted in no indicator: flow, other"
        #expect(try site.gateway("check").text.contains(unverified))

        let other = try verify("other")
        #expect(other.status == 2)
        #expect(other.text.contains("is the record of flow, not of other"), "\(other.text)")
        #expect(try verify("nobody").status == 2)
        try site.configure(bus: bus, serial: "B2")
        #expect(try verify().text.contains("of serial number 20117431, but the configuration says B2"))
        try site.configure(bus: bus, unit: 7)
        #expect(try verify().text.contains("made of unit 1, but the device is unit 7"))
        try site.configure(bus: bus)
        #expect(!FileManager.default.fileExists(atPath: site.folder.path + "/verified.d"))

        let verified = try verify()
        #expect(verified.status == 0, "\(verified.text)")
        #expect(verified.text.contains("no display was compared"))
        let file = try String(contentsOfFile: site.folder.path + "/verified.d/flow.yaml", encoding: .utf8)
        #expect(file.contains(#"by: "Dinas \"Kominfo\": Kediri""#))
        #expect(try site.gateway("check").text.contains("counted in no indicator: other"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: site.folder.path + "/verified.d") == ["flow.yaml"])

        // Another serial number or another profile makes the verification void.
        try site.configure(bus: bus, serial: "B2")
        #expect(try site.gateway("check").text.contains("flow: its verification is void"))
        try site.configure(bus: bus)
        let profile = try String(contentsOfFile: Repository.devices + "/tuf-2000m.yaml", encoding: .utf8)
        try site.folder.write(profile + "# changed\n", to: "profiles/tuf-2000m.yaml")
        #expect(try site.gateway("check").text.contains("profile tuf-2000m has changed since"))
        let changed = try verify()
        #expect(changed.status == 2)
        #expect(changed.text.contains("profile tuf-2000m has changed since"), "\(changed.text)")
    }

    @Test(arguments: [
        ("", "no commissioning record"), ("{\"v\":1}", "no commissioning record"), ("[1,2", "no commissioning record"),
    ])
    func `is no other file`(text: String, words: String) throws {
        let site = try Site("tcp")
        try site.folder.write(text, to: "record.txt.json")
        for command in ["verify", "replay"] {
            let arguments =
                command == "verify"
                ? ["verify", "flow", "--by", "X", "--record", site.record] : ["replay", site.record]
            let files =
                command == "verify"
                ? ["--config", site.folder.path + "/gateway.yaml", "--profiles", site.folder.path + "/profiles"] : []
            let (status, lines) = try ChildProcess.run(GatewayProgram.path, arguments + files)
            #expect(status == 2)
            #expect(lines.joined().contains(words), "\(lines)")
        }
    }

    /// What was recorded on site is read on the bench: the same values, from the same frames.
    @Test(arguments: ["rtu", "tcp"]) func `plays back what it recorded`(kind: String) throws {
        let site = try Site(kind)
        let recorded = try site.gateway(
            "probe",
            "flow",
            "--record",
            site.record,
            "--by",
            "Budi",
            "--rounds",
            "1",
            "--json"
        )
        #expect(recorded.status == 0, "\(recorded.text)")
        let port = try freePort()
        let line = site.folder.path + "/bench"
        let replay = try ChildProcess(
            GatewayProgram.path,
            ["replay", site.record, "--port", "\(port)", "--serial", line]
        )
        defer { replay.stop() }
        try #require(replay.line(with: "ready") != nil, "\(replay.lines)")
        let place = kind == "tcp" ? ["--tcp", "127.0.0.1:\(port)"] : ["--serial", line]
        let (status, lines) = try ChildProcess.run(
            GatewayProgram.path,
            ["probe", "--profile", "tuf-2000m", "--profiles", site.folder.path + "/profiles", "--json"] + place
        )
        #expect(status == 0, "\(lines)")
        let onSite = JSONNode(text: String(recorded.text.split(separator: "\n")[0]))
        #expect(onSite["points"].keys.count == 9)
        #expect(JSONNode(text: lines[0])["points"] == onSite["points"])
        // A request that was not made on site is reported on the bench, and not answered.
        let asked =
            ["probe", "-r", "1000", "-1", "-o", "0.2"] + (kind == "tcp" ? ["-p", "\(port)", "127.0.0.1"] : [line])
        #expect(try ChildProcess.run(GatewayProgram.path, asked).status == 1)
        #expect(replay.line(with: "not in the record: ") != nil)
    }
}
