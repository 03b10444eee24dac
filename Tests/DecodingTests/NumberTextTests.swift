import Decoding
import Domain
import Profiles
import Testing

@Suite struct `A number in a text` {
    private static func value(_ json: String, _ text: String, path: Bool = true) throws -> RawValue? {
        let profile = try Written.profile(
            """
            profile: written
            name: Written
            measures: water
            source: a test
            mqtt: { messages: { m: { topic: t } } }
            points:
              h: { message: m, \(path ? "path: h, " : "")text: { \(text) } }
            """
        )
        let payload = path ? "{\"h\":\(json)}" : json
        return PayloadDecoder(profile: profile) { _ in 0 }.decode(Array(payload.utf8), message: 0).values[0]
    }

    @Test(arguments: [
        ("\"45.5%RH\"", "unit: \"%RH\"", 45.5), ("\"12,5 kg\"", "unit: kg, decimal: \",\"", 12.5),
        ("\" 7.01 pH\"", "unit: pH", 7.01), ("\"pH 7,01\"", "prefix: pH, decimal: \",\"", 7.01),
        ("\"-3,25\"", "decimal: \",\"", -3.25), ("\"1.5 KG\"", "unit: [kg, KG]", 1.5),
        ("\"20.5\u{a0}°C\"", "unit: \"°C\"", 20.5),
        ("12.5", "decimal: \",\"", 12.5),
    ])
    func `is read between what the profile says`(json: String, text: String, number: Double) throws {
        #expect(try Self.value(json, text) == .value(.float64(number)))
    }

    @Test(arguments: [
        ("\"45.5%\"", "unit: \"%RH\""), ("\"45.5\"", "unit: \"%RH\""), ("45.5", "unit: \"%RH\""),
        ("\"45.5%RH\"", "unit: \"%\""),
        ("\"12,5 g\"", "unit: kg, decimal: \",\""), ("\"5 mm\"", "unit: m"),
        ("\"1.234,5 kg\"", "unit: kg, decimal: \",\""),
        ("\"12,5 kg\"", "unit: kg"), ("\"kg\"", "unit: kg"), ("\"12,5,1 kg\"", "unit: kg, decimal: \",\""),
    ])
    func `with another unit or sign is no value`(json: String, text: String) throws {
        #expect(try Self.value(json, text) == .missing(.decode))
    }

    @Test func `may be the whole payload`() throws {
        #expect(try Self.value("21.5 L/min\n", "unit: L/min", path: false) == .value(.float64(21.5)))
    }

    @Test func `that is null is the device's own mark`() throws {
        #expect(try Self.value("null", "unit: kg") == .missing(.invalid))
    }
}
