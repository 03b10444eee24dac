import Profiles

/// A device that sends text, as it is simulated: its frames, with the faults that were asked for.
struct StreamDevice: Sendable {
    let id: String
    let bus: String
    let writer: FrameWriter
    let model: DeviceModel
    let access: StreamAccess
    let faults: [Fault]
    let cables: Cables
    let chance: Chance

    var player: StreamPlayer { StreamPlayer(ask: access.ask) { frame($0, at: $1) } }

    /// The bytes of the frame with that number; nil where nothing is sent.
    private func frame(_ number: Int64, at seconds: Double) -> (bytes: [UInt8], isFaulty: Bool)? {
        let befallen = faults.enumerated().filter { index, fault in
            fault.befalls(id) && chance.fraction(number, Int64(index)) < fault.probability
        }.map(\.element.kind)
        if befallen.contains(.silence) || cables.isOut(id, bus) { return nil }
        var bytes = writer.frame(of: model, at: seconds)
        for kind in befallen {
            switch kind {
            case .corrupt: bytes[Int(chance.word(number, 50) % UInt64(bytes.count))] ^= 0x15
            case .truncate: bytes.removeLast((bytes.count + 1) / 2)
            case .noise:
                let count = 1 + Int64(chance.word(number, 101) % 8)
                bytes = (0..<count).map { UInt8(truncatingIfNeeded: chance.word(number, 200 + $0)) } + bytes
            case .echo: bytes = (access.ask ?? []) + bytes
            case .silence, .exception, .late, .wrongUnit: break
            }
        }
        return (bytes, !befallen.isEmpty)
    }
}
