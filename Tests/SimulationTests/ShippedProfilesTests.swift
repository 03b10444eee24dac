import Documents
import Domain
import Foundation
import Profiles
@testable import Simulation
import Testing

struct ShippedProfilesTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("devices").path

    private static func profiles() -> [Profile] {
        ProfileCatalogue.load(folders: [(folder, false)], log: ProblemLog()).all
    }

    @Test func everyShippedProfileIsPlayedInsideItsRanges() throws {
        for profile in Self.profiles() {
            let model = DeviceModel(profile: profile, chance: Chance(seed: 3), day: FieldDay(localOffset: 25_200))
            for seconds in stride(from: 28_000_000.0, to: 28_086_400, by: 1_733) {
                for (point, value) in zip(profile.points, model.values(at: seconds)) {
                    if case .weir = point.origin { continue }
                    let value = try #require(value, "\(profile.id).\(point.name) holds nothing")
                    guard let range = point.range, point.decimalsFrom == nil else { continue }
                    let scale = (point.scale?.double ?? 1) / DecimalNumber(1).shifted(by: point.decimals).double
                    let raw: Double
                    switch value {
                    case .whole(let number): raw = Double(number)
                    case .real(let number): raw = number
                    case .flag, .text: continue
                    }
                    let number = raw * scale + (point.offset?.double ?? 0)
                    #expect(
                        number >= range.lowerBound.double - 1e-9 && number <= range.upperBound.double + 1e-9,
                        "\(profile.id).\(point.name) holds \(number)"
                    )
                }
            }
        }
    }

    @Test func everyRegisterOfAShippedProfileIsServed() {
        for profile in Self.profiles() {
            guard let access = profile.modbus else { continue }
            let model = DeviceModel(profile: profile, chance: Chance(seed: 3), day: FieldDay(localOffset: 25_200))
            let device = ModbusDevice(id: "d", unit: 1, model: model, access: access)
            for case .registers(let range, _, _) in profile.points.map(\.origin) {
                let start = [UInt8(range.start >> 8), UInt8(range.start & 0xff)]
                let reply = device.reply(
                    to: ([range.table.functionCode] + start + [0, UInt8(range.count)])[...],
                    at: 28_000_000
                )
                #expect(reply.count == 2 + range.dataBytes, "\(profile.id) \(range)")
            }
        }
    }
}
