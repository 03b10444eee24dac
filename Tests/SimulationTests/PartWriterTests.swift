import Decoding
import Documents
import Domain
import Profiles
@testable import Simulation
import Testing

/// What the field plays is read back by the profile that it plays.
struct PartWriterTests {
    private static func profile(_ text: String) throws -> Profile {
        let log = ProblemLog()
        let map = try #require(Document.mapping(of: text, file: "played.yaml", log: log))
        let profile = ProfileReader.read(map, expectedID: nil, hash: "")
        try #require(log.problems.map(\.description) == [])
        return try #require(profile)
    }

    /// Every form of a part, and every kind of value in bytes.
    private static let forms = """
        profile: played
        name: Played
        measures: water
        source: a test
        mqtt:
          messages:
            up:
              topic: application/+/device/{node}/event/up
              time: { path: time, format: iso8601, zone: utc }
              parts:
                frame: { path: data, as: base64, byte_order: big, length: 30, begins: "0B", when: { fPort: 2 } }
            con:
              topic: "con/{node}"
              time: { part: list, item: 1, format: epoch_s }
              parts:
                con: { path: "m2m:rsp.pc.m2m:cin.con", as: json }
                list: { part: con, path: data, as: list, separator: ";" }
                tlv: { part: con, path: hex, as: hex, byte_order: little,
                  channels: { battery: { id: "01 75", bytes: 1 }, distance: { id: "03 82", bytes: 2 },
                    text: { id: "FF", bytes: counted } } }
            bare: { topic: "bare/{node}", parts: { f: { as: bytes, byte_order: little } } }
            named: { topic: "named/{node}", parts: { l: { as: list, separator: ",", pairs: "=" } } }
        points:
          depth: { message: up, part: frame, bytes: 2-3, type: int16, unit: mm, range: [0, 5000] }
          flow: { message: up, part: frame, bytes: 4-7, type: float32, unit: m3/h, range: [0, 100] }
          total: { message: up, part: frame, bytes: 8-11, type: uint32, unit: m3, scale: 0.01,
            counter: { bits: 32, max_rate: 1 } }
          digits: { message: up, part: frame, bytes: 12-15, type: bcd32, unit: m3, counter: { bits: 32 } }
          status: { message: up, part: frame, bytes: 16, type: uint8, bits: { ok: 0, low: 1-3 } }
          serial: { message: up, part: frame, bytes: 17-22, type: string }
          open: { message: up, part: frame, bytes: 23, type: bool }
          level: { message: con, part: list, item: 3, unit: m, text: { unit: m, decimal: "," } }
          kind: { message: con, part: con, path: kind, type: string }
          battery: { message: con, part: tlv, channel: battery, type: uint8, unit: "%" }
          distance: { message: con, part: tlv, channel: distance, type: uint16, unit: mm, good_when: { status.ok: 1 } }
          note: { message: con, part: tlv, channel: text, bytes: 1-4, type: string }
          small: { message: bare, part: f, bytes: 3-5, type: int24, unit: Cel }
          warm: { message: named, part: l, item: TEMP, unit: Cel }
          cars: { message: named, part: l, item: CARS }
        """

    @Test func `every form of a part is written as the decoder reads it`() throws {
        let profile = try Self.profile(Self.forms)
        let access = try #require(profile.mqtt)
        let model = DeviceModel(profile: profile, chance: Chance(seed: 3), day: FieldDay(localOffset: 25_200))
        let device = MQTTDevice(
            id: "d",
            node: "a1",
            interval: .seconds(10),
            model: model,
            access: access,
            chance: Chance(seed: 1)
        )
        let time = try #require(Instant(iso8601: "2026-11-21T02:12:44Z"))
        func moment(_ seconds: Double) -> MQTTDevice.Moment {
            MQTTDevice.Moment(seconds: seconds, time: time, localOffset: 25_200)
        }
        let sent = device.publications(since: moment(28_000_000), at: moment(28_000_010))
        #expect(
            sent.map(\.topic) == ["application/1/device/a1/event/up", "con/a1", "bare/a1", "named/a1"]
        )
        let decoder = PayloadDecoder(profile: profile) { _ in 25_200 }
        var values: [RawValue?] = Array(repeating: nil, count: profile.points.count)
        for (index, publication) in sent.enumerated() {
            let decoded = decoder.decode(publication.payload, message: index)
            #expect(decoded.faults == [], "\(String(decoding: publication.payload, as: UTF8.self))")
            if index < 2 { #expect(decoded.sourceTime == time) }
            for (place, value) in decoded.values.enumerated() where value != nil { values[place] = value }
        }
        for (point, value) in zip(profile.points, values) {
            #expect(value?.value != nil, "\(point.name): \(String(describing: value))")
        }
    }
}
