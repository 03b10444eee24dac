import Configuration
import Documents
import Domain
import Foundation
import Installation
import Profiles
@testable import Simulation
import Testing

/// Profiles based on field-facts.md, as small as the tests need them.
enum FieldProfiles {
    static let all: [String: String] = [
        "flow": """
        profile: flow
        name: Ultrasonic flow meter
        measures: water
        source: TUF-2000F user manual, p. 21
        modbus: { numbering: from_1, word_order: CDAB }
        points:
          discharge: { holding: 1, type: float32, unit: m3/h, publish: L/s, range: [-2000, 2000], \
        good_when: { status.step: 0x52 } }
          velocity: { holding: 5, type: float32, unit: m/s }
          volume: { holding: 9, type: int32, unit: m3, counter: { bits: 32, max_rate: 0.5 }, plus: fraction }
          fraction: { holding: 11, type: float32, unit: m3, private: true }
          status: { holding: 92, type: bits, bits: { quality: "0-7", step: "8-15" } }
        """,
        "ph": """
        profile: ph
        name: pH probe
        measures: water
        source: manual
        modbus: { numbering: from_0, word_order: ABCD }
        points:
          temperature: { holding: 0, type: int16, scale: 0.1, unit: Cel, range: [0, 60] }
          ph: { holding: 1, type: uint16, scale: 0.01, unit: "[pH]", range: [0, 14] }
          electrode: { holding: 2, type: int16, scale: 0.1, unit: mV }
        """,
        "air": """
        profile: air
        name: Rain gauge with an air station
        measures: water
        source: manual
        modbus: { numbering: from_0, word_order: ABCD }
        points:
          rain: { holding: 0, type: float32, unit: mm/h }
          carbon_dioxide: { holding: 2, type: float32, unit: "[ppm]" }
          dust: { holding: 4, type: float32, unit: ug/m3 }
        """,
        "weight": """
        profile: weight
        name: Weight transmitter
        measures: waste
        source: manual
        modbus: { numbering: from_0, word_order: ABCD, max_registers: 32, max_gap: 4 }
        points:
          status:
            holding: 6
            type: bits
            bits: { cell_error: 0, gross_negative: 7, net_negative: 8, stable: 11, near_zero: 12 }
          gross:
            holding: 7
            type: uint32
            unit: kg
            decimals: 2
            range: [0, 60]
            good_when: { status.cell_error: 0 }
            negative_when: status.gross_negative
            stable: status.stable
          peak: { holding: 11, type: uint32, decimals: 2, unit: kg }
        """,
        "level": """
        profile: level
        name: Level transmitter over a weir
        measures: water
        source: manual
        modbus: { numbering: from_0, word_order: ABCD }
        points:
          places: { holding: 3, type: uint16, range: [0, 4], private: true }
          level: { holding: 4, type: int16, unit: m, decimals_from: places, range: [0, 5], invalid: [0x8000] }
          discharge: { weir: { level: level, angle: 90, coefficient: 1.38, zero: 0.12 }, unit: m3/s, publish: L/s }
        """,
        "loops": """
        profile: loops
        name: Loop counters
        measures: traffic
        source: manual
        modbus: { numbering: from_0, word_order: ABCD }
        points:
          lane_1: { input: 16, type: uint32, unit: "{vehicles}", counter: { bits: 32, max_rate: 5 }, \
        good_when: { running_1: true } }
          lane_2: { input: 18, type: uint16, unit: "{vehicles}", counter: { bits: 16, max_rate: 5 } }
          running_1: { coil: 0 }
          occupied_1: { discrete: 0 }
        """,
        "hanging": """
        profile: hanging
        name: Hanging scale
        measures: waste
        source: Tasmota
        mqtt:
          messages:
            sensor: { topic: "tele/{node}/SENSOR", time: { path: Time, format: iso8601, zone: gateway } }
            name: { topic: "tele/{node}/NAME" }
          availability: { topic: "tele/{node}/LWT", online: Online, offline: Offline }
        points:
          weight: { message: sensor, path: HX711.WeightRaw, unit: g, publish: kg, range: [0, 50000], stable: 3 }
          temperature: { message: name, unit: Cel }
        """,
        "camera": """
        profile: camera
        name: Camera
        measures: traffic
        source: Frigate
        mqtt:
          messages:
            events: { topic: "frigate-{node}/events", time: { path: after.end_time, format: epoch_s } }
          availability: { topic: "frigate-{node}/available" }
        points:
          score: { message: events, path: after.top_score, range: [0, 1] }
        events:
          passage:
            message: events
            when: { type: end }
            id: after.id
            data: { class: after.label, zones: after.entered_zones }
        """,
    ]

    static func profile(_ id: String) throws -> Profile {
        let log = ProblemLog()
        let text = try #require(all[id])
        let map = Document.mapping(of: text, file: id + ".yaml", log: log)
        let profile = map.flatMap { ProfileReader.read($0, expectedID: id, hash: "") }
        return try #require(profile, "\(log.problems.map(\.description))")
    }

    static func model(_ id: String, seed: UInt64 = 1) throws -> DeviceModel {
        DeviceModel(profile: try profile(id), chance: Chance(seed: seed), day: FieldDay(localOffset: 25_200))
    }

    static func device(_ id: String, unit: UInt8 = 1) throws -> ModbusDevice {
        let model = try model(id)
        return ModbusDevice(id: "device-\(unit)", unit: unit, model: model, access: try #require(model.profile.modbus))
    }

    /// A configuration with these profiles; `text` is the part after gateway and sites.
    static func configuration(_ text: String, in folder: TemporaryFolder) throws -> Configuration {
        for (id, profile) in all {
            try profile.write(toFile: "\(folder.path)/\(id).yaml", atomically: true, encoding: .utf8)
        }
        let log = ProblemLog()
        let catalogue = ProfileCatalogue.load(folders: [(folder.path, true)], log: log)
        let whole =
            "gateway: box-1\nsites: { pond: { name: Pond } }\n"
            + "destinations: { city: { mqtt: mqtt://127.0.0.1:1 } }\n" + text
        let configuration = ConfigurationReader.read(text: whole, file: "gateway.yaml", catalogue: catalogue, log: log)
        return try #require(configuration, "\(log.problems.map(\.description))")
    }
}

/// A folder that is removed with the test.
final class TemporaryFolder {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("simulation-\(UUID())").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    // Nothing depends on its removal.
    deinit { try? FileManager.default.removeItem(atPath: path) }
}

extension ModbusDevice {
    /// Registers as a master would see them.
    func words(_ table: RegisterTable, _ start: Int, _ count: Int, at seconds: Double) throws -> [UInt16] {
        let pdu = [table.functionCode, UInt8(start >> 8), UInt8(start & 0xff), 0, UInt8(count)]
        let reply = reply(to: pdu[...], at: seconds)
        try #require(reply[0] == table.functionCode, "exception \(reply)")
        return stride(from: 2, to: reply.count, by: 2).map { UInt16(reply[$0]) << 8 | UInt16(reply[$0 + 1]) }
    }
}
