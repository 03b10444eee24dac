package import Domain
import Modbus

/// Concludes from the exchanges what is wrong: pure, so that a list of exchanges is enough to recognise each fault.
package struct Diagnoser: Sendable {
    /// Whether other units of the same bus answer; nil while that is not known.
    package var othersAnswer: Bool?

    package init(othersAnswer: Bool? = nil) { self.othersAnswer = othersAnswer }

    /// What is wrong with one unit.
    ///
    /// - Parameters:
    ///   - exchanges: with that unit, in order.
    ///   - endpoint: where they were made.
    /// - Returns: the finding that explains most; nil when all is well.
    package func finding(of exchanges: [ProbeExchange], at endpoint: ModbusEndpoint) -> Finding? {
        // A request that was not sent because a late reply could still come says nothing by itself. When no other
        // request is left, the unit was silent when somebody asked it before.
        let asked = exchanges.filter { $0.error?.kind != .distrusted }
        let exchanges = asked.isEmpty ? exchanges : asked
        if exchanges.isEmpty { return nil }
        if let error = exchanges.lazy.compactMap(\.error).first(where: \.isOfTheBus) { return Self.bus(error) }
        guard let settings = endpoint.lineSettings else { return Self.overNetwork(exchanges) }
        return serial(exchanges, path: endpoint.place, settings: settings)
    }

    // MARK: The port or the connection as a whole

    private static func bus(_ error: ModbusError) -> Finding {
        let place = error.endpoint.place
        switch error.kind {
        case .portMissing: return .portMissing(place)
        case .portLost: return .portLost(place)
        case .portBusy: return .portBusy(place)
        case .portForbidden: return .portForbidden(place)
        case .portFailed(let words): return .portFailed(place, words: words)
        case .tooManyDescriptors: return .noDescriptor(place)
        case .noThread(let words): return .noThread(place, words: words)
        case .tcpRefused: return .refused(place)
        case .nameUnknown: return .unknownName(place)
        case .tlsFailed(let words): return .notSecured(place, words: words)
        case .tcpUnreachable(let words), .tcpFailed(let words): return .unreachable(place, words: words)
        default: return .noConnection(place)
        }
    }

    // MARK: TCP

    private static func overNetwork(_ exchanges: [ProbeExchange]) -> Finding? {
        guard let failed = exchanges.last(where: { !$0.isAnswered }), let error = failed.error else {
            return exception(exchanges)
        }
        let place = error.endpoint.place
        let unit = failed.request.unit
        switch error.kind {
        case .exception(let code): return exception(exchanges) ?? .exception(code, failed.request.range)
        case .closedByPeer: return .hungUp(place)
        case .timeout where tooLate(exchanges) != nil: return tooLate(exchanges)
        case .timeout where exchanges.contains(where: \.isAnswered):
            return .muteSometimes(unit, unanswered: exchanges.count { !$0.isAnswered }, of: exchanges.count)
        case .timeout: return .mute(place, unit)
        case .foreignReply(let other) where other.number == 0: return .answersAsZero(place, asked: unit)
        case .foreignReply(let other): return .foreignReply(asked: unit, answered: other)
        case .foreignTransaction: return .otherTransaction(place)
        default: return .notModbusTCP(place, bytes: ReplyTraits(failed).hexadecimal)
        }
    }

    /// A device that answered only when it was given more time than the profile gives it.
    private static func tooLate(_ exchanges: [ProbeExchange]) -> Finding? {
        let lost = exchanges.filter { $0.error?.kind == .timeout }
        guard let allowed = lost.map(\.request.timing.replyTime).min() else { return nil }
        let slow = exchanges.first { $0.isAnswered && $0.latency > allowed }
        return slow.map { .silentLate($0.request.unit, after: $0.latency, allowed: allowed) }
    }

    private static func exception(_ exchanges: [ProbeExchange]) -> Finding? {
        let codes = exchanges.map { $0.error?.devicesOwnException }
        if exchanges.count > 1, let code = codes[0], codes.allSatisfy({ $0 == code }) {
            return .refusesAll(code, exchanges[0].request.range, requests: exchanges.count)
        }
        for exchange in exchanges {
            if case .exception(let code)? = exchange.error?.kind { return .exception(code, exchange.request.range) }
        }
        return nil
    }

    // MARK: A serial line

    private func serial(_ exchanges: [ProbeExchange], path: String, settings: SerialSettings) -> Finding? {
        let unit = exchanges[0].request.unit
        let traits = exchanges.map(ReplyTraits.init)
        // A second complete reply after a right one, or more bytes than one device sends.
        let doubled = zip(exchanges, traits).contains { exchange, traits in
            exchange.isAnswered ? traits.strayFrame : exchange.isMalformed && traits.isCollision
        }
        if doubled { return .twoReplies(unit) }
        for exchange in exchanges {
            switch exchange.error?.kind {
            case .echo: return .echo
            case .foreignReply(let other): return .foreignReply(asked: unit, answered: other)
            default: continue
            }
        }
        if answersInModbusTCP(exchanges) { return .otherFraming(path, .mbap) }
        let malformed = zip(exchanges, traits).filter { $0.0.isMalformed }
        if let wrong = malformed.first(where: { !$0.1.beginsRight }), malformed.allSatisfy({ !$0.1.beginsRight }) {
            return .garbage(wrong.1.hexadecimal, settings)
        }
        if !malformed.isEmpty { return checksums(exchanges, unit: unit) }
        if exchanges.contains(where: \.isSilent) {
            return silence(exchanges, traits, unit: unit, path: path, settings: settings)
        }
        return Self.exception(exchanges)
    }

    /// Whether a port that was asked in RTU answered in Modbus TCP.
    private func answersInModbusTCP(_ exchanges: [ProbeExchange]) -> Bool {
        exchanges.contains { exchange in
            guard case .badFrame(let words)? = exchange.error?.kind else { return false }
            return words == ModbusError.Kind.modbusTCPFrame
        }
    }

    /// Noise breaks long frames more often than short ones; two devices, or a baud rate a little off, break all alike.
    private func checksums(_ exchanges: [ProbeExchange], unit: UnitID) -> Finding {
        let heard = exchanges.filter { $0.error?.kind != .timeout }
        let longest = heard.map(\.request.range.dataBytes).max() ?? 0
        let long = heard.filter { $0.request.range.dataBytes * 2 > longest }
        let short = heard.filter { $0.request.range.dataBytes * 2 <= longest }
        let longWrong = long.count(where: \.isMalformed)
        let shortWrong = short.count(where: \.isMalformed)
        let grows =
            !short.isEmpty && Double(shortWrong) / Double(short.count) + 0.25 < Double(longWrong) / Double(long.count)
        return grows
            ? .checksumsOfLong(wrong: longWrong, of: long.count, shortWrong: shortWrong, ofShort: short.count)
            : .checksums(unit, wrong: longWrong + shortWrong, of: heard.count)
    }

    private func silence(
        _ exchanges: [ProbeExchange],
        _ traits: [ReplyTraits],
        unit: UnitID,
        path: String,
        settings: SerialSettings
    ) -> Finding {
        let unanswered = exchanges.count(where: \.isSilent)
        let late = zip(exchanges, traits).first { $0.0.error?.kind == .timeout && $0.1.strayFrame }
        if let late {
            return .silentLate(unit, after: late.0.strayLatency, allowed: late.0.request.timing.replyTime)
        }
        if unanswered < exchanges.count { return .silentSometimes(unit, unanswered: unanswered, of: exchanges.count) }
        return .silent(
            .init(unit: unit, asked: unanswered, path: path, settings: settings, othersAnswer: othersAnswer)
        )
    }
}

extension ProbeExchange {
    /// Nothing came, now or to the request just before.
    var isSilent: Bool { error?.kind == .timeout || error?.kind == .distrusted }

    /// Bytes came that are not a right reply.
    package var isMalformed: Bool {
        switch error?.kind {
        case .crc, .badFrame: true
        default: false
        }
    }
}
