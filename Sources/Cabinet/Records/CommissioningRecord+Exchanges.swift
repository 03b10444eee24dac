import Diagnosing
package import Domain
import Modbus

extension CommissioningRecord.Requests {
    init(_ exchanges: [ProbeExchange]) {
        // A reply that was thrown away because of the failure before it counts with that failure.
        let counted = exchanges.filter { $0.error?.kind != .distrusted }
        sent = counted.count
        answered = counted.count(where: \.isAnswered)
        for exchange in counted {
            switch exchange.error?.kind {
            case nil: break
            case .timeout: timeouts += 1
            case .crc: crcErrors += 1
            case .exception: exceptions += 1
            default: otherErrors += 1
            }
        }
        errorRate = sent == 0 ? 0 : Double(sent - answered) / Double(sent)
    }
}

extension CommissioningRecord.Latency {
    /// Nil when there is none.
    init?(_ latencies: [Duration]) {
        let sorted = latencies.map(\.inMilliseconds).sorted()
        guard let longest = sorted.last else { return nil }
        medianMs = sorted[sorted.count / 2]
        p99Ms = sorted[min(sorted.count - 1, sorted.count * 99 / 100)]
        longestMs = longest
    }
}

extension CommissioningRecord {
    static func frames(of exchanges: [ProbeExchange]) -> [Frame] {
        var frames: [Frame] = []
        var first: Uptime?
        func add(_ bytes: [UInt8], _ direction: String, at: Uptime) {
            let start = first ?? at
            first = start
            frames.append(Frame(atMs: (at - start).inMilliseconds, direction: direction, bytes: bytes.hexadecimal))
        }
        for exchange in exchanges {
            for frame in exchange.frames {
                add(frame.bytes, frame.direction == .sent ? "sent" : "received", at: frame.at)
            }
            if !exchange.strays.isEmpty, let sent = exchange.frames.last(where: { $0.direction == .sent })?.at {
                add(exchange.strays, "received", at: sent + exchange.strayLatency)
            }
        }
        return frames
    }

    /// The frames as questions, each with the replies up to the next question; unreadable frames are left out.
    package var exchanges: [BusExchange] {
        var exchanges: [BusExchange] = []
        for frame in frames.compactMap(\.onWire) {
            if frame.direction == .sent { exchanges.append(BusExchange()) }
            guard var last = exchanges.popLast() else { continue }
            if frame.direction == .received, last.reply == nil, let sent = last.frames.last?.at {
                last.latency = max(.zero, frame.at - sent)
            }
            last.frames.append(frame)
            exchanges.append(last)
        }
        return exchanges
    }
}

extension Duration {
    /// To the microsecond.
    fileprivate var inMilliseconds: Double { Double(wholeNanoseconds / 1_000) / 1_000 }
}

extension CommissioningRecord.Message {
    init(_ message: ReceivedMessage) {
        self.init(
            at: message.at.description,
            topic: message.topic,
            retained: message.isRetained,
            payload: message.payload
        )
    }
}
