import Domain
import TestSupport

/// What is in packs, decompressed: another zlib may make other bytes of it.
enum PackCases {
    static let all = [
        GoldenCase("pack/live") { try pack(isLate: false) },
        GoldenCase("pack/late") { try pack(isLate: true) },
    ]

    private static func pack(isLate: Bool) throws -> [UInt8] {
        let shape = ReadingShape(
            site: "sumber-soyo",
            device: "flow-soyo",
            points: [PointFace(name: "discharge", unit: .of("L/s"))]
        )
        return try Payload.pack(
            Reading(shape: shape, stamp: arrived, samples: [Sample(value: .decimal(.of("12.53")))]),
            Event("stop", severity: .info, stamp: arrived, data: [("reason", .string("asked"))]),
            isLate: isLate
        )
    }
}
