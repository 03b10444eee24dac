public import Domain

/// A water meter with three points.
public let flow = ReadingShape(
    site: "sumber-soyo",
    device: "flow-soyo",
    points: [
        PointFace(name: "discharge", unit: Unit("L/s")), PointFace(name: "volume", unit: Unit("m3")),
        PointFace(name: "signal", unit: Unit("%")),
    ]
)

/// A reading of that meter, with an unknown signal.
public func flowReading(_ stamp: Stamp, volume: UInt64 = 184_223) -> Reading {
    Reading(
        shape: flow,
        stamp: stamp,
        samples: [Sample(value: .float32(12.53)), Sample(value: .unsigned(volume)), .bad(.timeout)]
    )
}
