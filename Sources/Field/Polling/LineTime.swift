public import Domain

/// How long frames take on a serial line.
public enum LineTime {
    /// Unit, function code, address, count, checksum; in ASCII two characters each, with the colon and CR LF.
    private static func requestCharacters(_ framing: ModbusFraming) -> Int { framing == .ascii ? 17 : 8 }

    /// Unit, function code, byte count, data, checksum.
    private static func replyCharacters(_ range: RegisterRange, _ framing: ModbusFraming) -> Int {
        framing == .ascii ? 11 + 2 * range.dataBytes : 5 + range.dataBytes
    }

    /// The wire time of request, reply and the two silences of 3.5 characters around the reply. Even a device that
    /// answers at once cannot be read faster.
    public static func transaction(
        _ range: RegisterRange,
        on line: SerialSettings,
        framing: ModbusFraming = .rtu
    ) -> Duration {
        line.time(characters: Double(requestCharacters(framing) + replyCharacters(range, framing)) + 7)
    }

    /// The pause that a line leaves between the requests of one poll although nobody asked for it: many devices hear
    /// nothing for some milliseconds after their own reply.
    private static let courtesy = Duration.milliseconds(25)

    /// Returns that pause, where the line has the time; else zero.
    public static func courtesy(
        _ polls: [(plan: BlockPlan, interval: Duration)],
        on line: SerialSettings,
        framing: ModbusFraming = .rtu
    ) -> Duration {
        let pauses = polls.reduce(0) {
            $0 + courtesy.inSeconds * Double(max(0, $1.plan.blocks.count - 1)) / $1.interval.inSeconds
        }
        return load(polls, on: line, framing: framing) + pauses < 0.5 ? courtesy : .zero
    }

    /// How much of the line its devices' polls use; 1 means all of it.
    public static func load(
        _ polls: [(plan: BlockPlan, interval: Duration)],
        on line: SerialSettings,
        framing: ModbusFraming = .rtu
    ) -> Double {
        polls.reduce(0) { sum, poll in
            sum
                + poll.plan.blocks.reduce(0) {
                    let interval = max(poll.interval, $1.every ?? .zero)
                    return $0 + transaction($1.range, on: line, framing: framing).inSeconds / interval.inSeconds
                }
        }
    }
}
