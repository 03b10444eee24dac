public import Domain
import Modbus

/// From what came to what is wrong: pure, so that each fault can be told from a list of exchanges.
public struct Diagnoser: Sendable {
    /// Whether other units of the same bus answer; nil while nobody knows.
    public var othersAnswer: Bool?

    public init(othersAnswer: Bool? = nil) { self.othersAnswer = othersAnswer }

    /// What is wrong with one unit.
    ///
    /// - Parameters:
    ///   - exchanges: with that unit, in order.
    ///   - endpoint: where they were made.
    /// - Returns: the finding that explains most; nil when all is well.
    public func finding(of exchanges: [ProbeExchange], at endpoint: ModbusEndpoint) -> Finding? {
        // What was not asked because a late reply could still come says nothing of its own; but if that is all, the unit
        // has been silent to whoever asked before.
        let asked = exchanges.filter { $0.error?.kind != .distrusted }
        let exchanges = asked.isEmpty ? exchanges : asked
        if exchanges.isEmpty { return nil }
        if let error = exchanges.lazy.compactMap(\.error).first(where: \.isOfTheBus) { return Self.bus(error) }
        switch endpoint {
        case .tcp: return Self.tcp(exchanges)
        case .serial(let path, let settings): return serial(exchanges, path: path, settings: settings)
        }
    }

    // MARK: The port or the connection as a whole

    private static func bus(_ error: ModbusError) -> Finding {
        let place = error.endpoint.place
        func found(_ diagnosis: Diagnosis, _ seen: FaultPhrase, _ next: FaultPhrase) -> Finding {
            Finding(diagnosis, seen: Sentence(seen, place), next: Sentence(next, place))
        }
        switch error.kind {
        case .portMissing: return found(.portMissing, .portMissing, .plugAdapter)
        case .portLost: return found(.portMissing, .portLost, .checkAdapter)
        case .portBusy: return found(.portBusy, .portBusy, .stopOtherProgram)
        case .portForbidden: return found(.portForbidden, .portForbidden, .joinGroup)
        case .portFailed(let words):
            return Finding(
                .portMissing,
                seen: Sentence(FaultPhrase.portFailed, place, words),
                next: Sentence(FaultPhrase.checkPort)
            )
        case .tooManyDescriptors:
            return Finding(
                .portBusy,
                seen: Sentence(FaultPhrase.noDescriptor, place),
                next: Sentence(FaultPhrase.raiseLimits)
            )
        case .noThread(let words):
            return Finding(
                .portBusy,
                seen: Sentence(FaultPhrase.noThread, place, words),
                next: Sentence(FaultPhrase.raiseLimits)
            )
        case .tcpRefused: return found(.tcpRefused, .refused, .checkTCPPort)
        case .tcpTimeout: return found(.tcpTimeout, .noConnection, .checkHost)
        case .nameUnknown: return found(.tcpUnreachable, .unknownName, .checkName)
        case .tcpUnreachable(let words), .tcpFailed(let words):
            return Finding(
                .tcpUnreachable,
                seen: Sentence(FaultPhrase.unreachable, place, words),
                next: Sentence(FaultPhrase.checkRoute)
            )
        default: return found(.tcpUnreachable, .noConnection, .checkHost)
        }
    }

    // MARK: TCP

    private static func tcp(_ exchanges: [ProbeExchange]) -> Finding? {
        guard let failed = exchanges.last(where: { !$0.isAnswered }), let error = failed.error else {
            return exception(exchanges)
        }
        let place = error.endpoint.place
        let unit = "\(failed.request.unit)"
        switch error.kind {
        case .exception(let code): return refusal(code, failed)
        case .closedByPeer:
            return Finding(
                .tcpMute,
                seen: Sentence(FaultPhrase.hungUp, place),
                next: Sentence(FaultPhrase.oneClientOnly)
            )
        case .timeout where exchanges.contains(where: \.isAnswered):
            let unanswered = exchanges.count { !$0.isAnswered }
            return Finding(
                .tcpMute,
                seen: Sentence(FaultPhrase.silentSometimes, unit, "\(unanswered)", "\(exchanges.count)"),
                next: Sentence(FaultPhrase.checkNetwork)
            )
        case .timeout:
            return Finding(
                .tcpMute,
                seen: Sentence(FaultPhrase.mute, place, unit),
                next: Sentence(FaultPhrase.checkUnitBehind)
            )
        case .foreignReply(let other):
            return Finding(
                .foreignReply,
                seen: Sentence(FaultPhrase.foreign, unit, "\(other)"),
                next: Sentence(FaultPhrase.setUnit, unit, "\(other)")
            )
        default:
            return Finding(
                .garbage,
                seen: Sentence(FaultPhrase.notModbusTCP, place, ReplyTraits(failed).hexadecimal),
                next: Sentence(FaultPhrase.checkProtocol)
            )
        }
    }

    private static func exception(_ exchanges: [ProbeExchange]) -> Finding? {
        for exchange in exchanges {
            if case .exception(let code)? = exchange.error?.kind { return refusal(code, exchange) }
        }
        return nil
    }

    private static func refusal(_ code: UInt8, _ exchange: ProbeExchange) -> Finding {
        Finding(
            Diagnosis(exception: code),
            seen: Sentence(ExceptionPhrase.refusal, "\(exchange.request.range)", "\(code)"),
            next: Sentence(ExceptionPhrase(code: code) ?? .code9)
        )
    }

    // MARK: A serial line

    private func serial(_ exchanges: [ProbeExchange], path: String, settings: SerialSettings) -> Finding? {
        let unit = "\(exchanges[0].request.unit)"
        let traits = exchanges.map(ReplyTraits.init)
        // A second whole reply after a right one, or more bytes than one device sends.
        let doubled = zip(exchanges, traits).contains { exchange, traits in
            exchange.isAnswered ? traits.strayFrame : exchange.isMalformed && traits.isCollision
        }
        if doubled {
            return Finding(
                .duplicateID,
                seen: Sentence(FaultPhrase.twoReplies, unit),
                next: Sentence(FaultPhrase.unplugOne)
            )
        }
        for exchange in exchanges {
            switch exchange.error?.kind {
            case .echo:
                return Finding(.echo, seen: Sentence(FaultPhrase.echo), next: Sentence(FaultPhrase.switchEchoOff))
            case .foreignReply(let other):
                return Finding(
                    .foreignReply,
                    seen: Sentence(FaultPhrase.foreign, unit, "\(other)"),
                    next: Sentence(FaultPhrase.setUnit, unit, "\(other)")
                )
            default: continue
            }
        }
        let malformed = zip(exchanges, traits).filter { $0.0.isMalformed }
        if let wrong = malformed.first(where: { !$0.1.beginsRight }), malformed.allSatisfy({ !$0.1.beginsRight }) {
            return Finding(
                .garbage,
                seen: Sentence(FaultPhrase.garbage, wrong.1.hexadecimal),
                next: Sentence(FaultPhrase.checkBaudAndParity, "\(settings)")
            )
        }
        if !malformed.isEmpty { return checksums(exchanges, unit: unit) }
        if exchanges.contains(where: \.isSilent) {
            return silence(exchanges, traits, unit: unit, path: path, settings: settings)
        }
        return Self.exception(exchanges)
    }

    /// Noise hits long frames more often than short ones; two devices, or a baud rate a little off, hit all alike.
    private func checksums(_ exchanges: [ProbeExchange], unit: String) -> Finding {
        let heard = exchanges.filter { $0.error?.kind != .timeout }
        let longest = heard.map(\.request.range.dataBytes).max() ?? 0
        let long = heard.filter { $0.request.range.dataBytes * 2 > longest }
        let short = heard.filter { $0.request.range.dataBytes * 2 <= longest }
        let longWrong = long.count(where: \.isMalformed)
        let shortWrong = short.count(where: \.isMalformed)
        let grows =
            !short.isEmpty && Double(shortWrong) / Double(short.count) + 0.25 < Double(longWrong) / Double(long.count)
        if grows {
            return Finding(
                .crc,
                seen: Sentence(
                    FaultPhrase.checksumsOfLong,
                    "\(longWrong)",
                    "\(long.count)",
                    "\(shortWrong)",
                    "\(short.count)"
                ),
                next: Sentence(FaultPhrase.checkTermination)
            )
        }
        return Finding(
            .crc,
            seen: Sentence(FaultPhrase.checksumsOfAll, "\(longWrong + shortWrong)", "\(heard.count)"),
            next: Sentence(FaultPhrase.checkNoise, unit)
        )
    }

    private func silence(
        _ exchanges: [ProbeExchange],
        _ traits: [ReplyTraits],
        unit: String,
        path: String,
        settings: SerialSettings
    ) -> Finding {
        let unanswered = exchanges.count(where: \.isSilent)
        let late = zip(exchanges, traits).first { $0.0.error?.kind == .timeout && $0.1.strayFrame }
        if let late {
            let after = late.0.strayLatency
            return Finding(
                .silence,
                seen: Sentence(FaultPhrase.silentLate, unit, after.spoken, late.0.request.timing.replyTime.spoken),
                next: Sentence(FaultPhrase.raiseReplyTime, (after * 2).spoken)
            )
        }
        if unanswered < exchanges.count {
            return Finding(
                .silence,
                seen: Sentence(FaultPhrase.silentSometimes, unit, "\(unanswered)", "\(exchanges.count)"),
                next: Sentence(FaultPhrase.checkLooseWire)
            )
        }
        let next: Sentence =
            switch othersAnswer {
            case nil: Sentence(FaultPhrase.checkFromPower, path)
            case true?: Sentence(FaultPhrase.checkThisDevice)
            case false?: Sentence(FaultPhrase.checkOneBehindAnother, "\(settings)")
            }
        return Finding(.silence, seen: Sentence(FaultPhrase.silent, unit, "\(unanswered)", "\(settings)"), next: next)
    }
}

extension ProbeExchange {
    /// Nothing came, now or to whoever asked just before.
    var isSilent: Bool { error?.kind == .timeout || error?.kind == .distrusted }

    /// Bytes came that are no right reply.
    var isMalformed: Bool {
        switch error?.kind {
        case .crc, .badFrame: true
        default: false
        }
    }
}

extension ModbusEndpoint {
    /// The path or the host with its port, without the line's settings.
    public var place: String {
        switch self {
        case .serial(let path, _): path
        case .tcp: description
        }
    }
}
