import Domain
import Modbus
import Synchronization
import TestSupport

/// A peer's answers, right and wrong ones of every kind, and what each of them may be taken for.
final class HostileReplies: Sendable {
    /// A request, and the words that its right reply brought; nil where it brought none.
    struct Answered: Sendable {
        var request: [UInt8]
        var words: [UInt16]?
    }

    private struct State: Sendable {
        var chance: SeededChance
        var last: Answered?
        /// The answers over TCP, by transaction.
        var answered: [UInt16: Answered] = [:]
        /// Replies held back, to come in place of another's.
        var late: [[UInt8]] = []
        var counts: [String: Int] = [:]
    }

    private let state: Mutex<State>
    private let isSerial: Bool

    init(_ chance: SeededChance, serial: Bool) {
        state = Mutex(State(chance: chance))
        isSerial = serial
    }

    /// Kinds of answers, and how many of each there were.
    var counts: [String: Int] { state.withLock { $0.counts } }

    /// The answer to the last request that the peer has read.
    var last: Answered? { state.withLock { $0.last } }

    func answered(_ transaction: UInt16) -> Answered? { state.withLock { $0.answered[transaction] } }

    /// From now on no held reply comes: by the bus' own rules it could be mistaken for a right one.
    func forgetLate() { state.withLock { $0.late = [] } }

    func steps(_ number: Int, _ request: [UInt8]) -> [ScriptedPeer.Step] {
        state.withLock { state in
            var chance = state.chance
            defer { state.chance = chance }
            let right = Self.reply(to: request, number, isSerial: isSerial)
            var answer = Answer(steps: [], isRight: false, kind: "silence")
            if isSerial {
                serial(right, request, &chance, &state.late, &answer)
            } else {
                tcp(right, request, &chance, &answer)
            }
            state.counts[answer.kind, default: 0] += 1
            let answered = Answered(
                request: request,
                words: answer.isRight ? Self.words(of: right, request, isSerial: isSerial) : nil
            )
            state.last = answered
            if !isSerial { state.answered[UInt16(request[0]) << 8 | UInt16(request[1])] = answered }
            return answer.steps
        }
    }

    private struct Answer {
        var steps: [ScriptedPeer.Step]
        /// Whether the right reply is in it, before anything else.
        var isRight: Bool
        var kind: String
    }

    // MARK: What is right

    /// Data that differs from every other request's reply.
    private static func reply(to request: [UInt8], _ number: Int, isSerial: Bool) -> [UInt8] {
        let head = isSerial ? 0 : 6
        let count = Int(request[head + 4]) << 8 | Int(request[head + 5])
        let isBits = request[head + 1] < 3
        var data = SeededChance(UInt64(number))
        let bytes = data.bytes(isBits ? (count + 7) / 8 : 2 * count)
        let frame = [request[head], request[head + 1], UInt8(bytes.count)] + bytes
        return isSerial ? ModbusFrames.rtu(frame) : ModbusFrames.tcp(to: request, frame)
    }

    private static func words(of reply: [UInt8], _ request: [UInt8], isSerial: Bool) -> [UInt16] {
        let head = isSerial ? 0 : 6
        let count = Int(request[head + 4]) << 8 | Int(request[head + 5])
        let data = reply[(head + 3)...].prefix(Int(reply[head + 2]))
        if request[head + 1] < 3 {
            return (0..<count).map { UInt16(data[data.startIndex + $0 / 8] >> UInt8($0 % 8) & 1) }
        }
        return (0..<count).map {
            UInt16(data[data.startIndex + 2 * $0]) << 8 | UInt16(data[data.startIndex + 2 * $0 + 1])
        }
    }

    // MARK: On a serial line

    private func serial(
        _ right: [UInt8],
        _ request: [UInt8],
        _ chance: inout SeededChance,
        _ late: inout [[UInt8]],
        _ answer: inout Answer
    ) {
        let unit = request[0]
        let junk = chance.bytes(1 + chance.next(in: 0..<chance.one(of: [3, 20, 400])))
        switch chance.next(in: 0..<19) {
        case 0...6: answer = Answer(steps: pieces(right, &chance), isRight: true, kind: "right")
        case 7: answer = Answer(steps: [.send(right + right)], isRight: true, kind: "doubled")
        case 8: answer = Answer(steps: [.send(right + junk)], isRight: true, kind: "over-long")
        case 9:
            answer = Answer(
                steps: [.send(right), .pause(.milliseconds(5)), .send(junk)],
                isRight: true,
                kind: "unasked"
            )
        case 10:
            let bent = Self.wrong(chance.bent(right), right)
            answer = Answer(steps: [.send(bent)], isRight: Self.shows(right, in: bent), kind: "bent")
        case 11:
            let part = Array(right.prefix(chance.next(in: 0..<right.count)))
            answer = Answer(steps: [.send(part)], isRight: false, kind: "truncated")
        case 12: answer = Answer(steps: [.send(Self.wrong(junk, right))], isRight: false, kind: "random")
        case 13:
            let noise = Self.wrong(junk, right)
            let isRight = Self.shows(right, in: noise + right)
            answer = Answer(steps: [.send(noise + right)], isRight: isRight, kind: "noise before")
        case 14:
            // It comes when the wait for it is over.
            answer = Answer(steps: [.pause(.milliseconds(45)), .send(right)], isRight: true, kind: "late")
        case 15:
            late.append(right)
            answer.kind = "kept back"
        case 16 where !late.isEmpty:
            let steps = [late.removeFirst()] + (chance.isLucky(oneIn: 2) ? [right] : [])
            answer = Answer(steps: steps.map { .send($0) }, isRight: false, kind: "another's")
        case 17:
            // A whole frame, but with another unit, function or length.
            var frame = Array(right.dropLast(2))
            frame[chance.next(in: 0..<3)] ^= UInt8(1 + chance.next(in: 0..<255))
            if chance.isLucky(oneIn: 2) { frame = Array(frame.prefix(3)) + chance.bytes(Int(frame[2])) }
            answer = Answer(steps: [.send(ModbusFrames.rtu(frame))], isRight: false, kind: "foreign")
        default:
            let code = UInt8(truncatingIfNeeded: chance.next(in: 0..<14))
            answer = Answer(
                steps: [.send(ModbusFrames.rtu([unit, request[1] | 0x80, code]))],
                isRight: false,
                kind: "exception"
            )
        }
    }

    /// Whether the reply stands behind a few stray bytes, where the bus looks for it.
    private static func shows(_ right: [UInt8], in bytes: [UInt8]) -> Bool {
        (1...4).contains { bytes.dropFirst($0).starts(with: right) }
    }

    /// Excludes the reply itself and damage that its checksum does not show: 1 in 65,536.
    private static func wrong(_ bytes: [UInt8], _ right: [UInt8]) -> [UInt8] {
        let frame = bytes.prefix(right.count)
        guard frame.count == right.count, ModbusFrames.rtu(frame.dropLast(2)) == Array(frame) else { return bytes }
        return [~right[0]] + bytes
    }

    // MARK: Over TCP

    private func tcp(_ right: [UInt8], _ request: [UInt8], _ chance: inout SeededChance, _ answer: inout Answer) {
        let junk = chance.bytes(1 + chance.next(in: 0..<chance.one(of: [3, 20, 700])))
        switch chance.next(in: 0..<16) {
        case 0...6: answer = Answer(steps: pieces(right, &chance), isRight: true, kind: "right")
        case 7:
            answer = Answer(
                steps: [.send(right + (chance.isLucky(oneIn: 2) ? right : junk))],
                isRight: true,
                kind: "over-long"
            )
        case 8:
            answer = Answer(
                steps: [.send(right), .pause(.milliseconds(1)), .send(junk)],
                isRight: true,
                kind: "unasked"
            )
        case 9:
            // The flaw is in the head: over TCP nothing shows that the data differs from what the device sent.
            var bent = right
            for _ in 0...chance.next(in: 0..<3) { bent[chance.next(in: 0..<9)] ^= UInt8(1 + chance.next(in: 0..<255)) }
            answer = Answer(steps: [.send(bent)], isRight: bent == right, kind: "bent")
        case 10:
            let part = Array(right.prefix(chance.next(in: 0..<right.count)))
            answer = Answer(
                steps: [.send(part)] + (chance.isLucky(oneIn: 2) ? [.hangUp] : []),
                isRight: false,
                kind: "truncated"
            )
        case 11: answer = Answer(steps: [.send(junk)], isRight: false, kind: "random")
        case 12: answer = Answer(steps: [.pause(.milliseconds(45)), .send(right)], isRight: true, kind: "late")
        case 13: answer = Answer(steps: [.hangUp], isRight: false, kind: "hung up")
        case 14: answer = Answer(steps: [.send(junk + right)], isRight: false, kind: "noise before")
        default:
            let code = UInt8(truncatingIfNeeded: chance.next(in: 0..<14))
            let frame = ModbusFrames.tcp(to: request, [request[6], request[7] | 0x80, code])
            answer = Answer(steps: [.send(frame)], isRight: false, kind: "exception")
        }
    }

    private func pieces(_ bytes: [UInt8], _ chance: inout SeededChance) -> [ScriptedPeer.Step] {
        guard chance.isLucky(oneIn: 4), bytes.count > 2 else { return [.send(bytes)] }
        let cut = 1 + chance.next(in: 0..<bytes.count - 1)
        return [.send(Array(bytes[..<cut])), .pause(.milliseconds(1)), .send(Array(bytes[cut...]))]
    }
}

extension SeededChance {
    /// A read of any table: short ones often, so that many look alike.
    mutating func range() -> RegisterRange {
        let table = one(of: Array(RegisterTable.allCases) + [.holding, .holding])
        let count = 1 + next(in: 0..<one(of: [2, 2, 10, table.maximumPerRequest]))
        return RegisterRange(table, start: next(in: 0..<65_536 - count), count: count)
    }
}
