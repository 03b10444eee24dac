import Contract
public import Domain

extension ForwarderNotice {
    /// Returns the event for the notice; nil for a notice that only goes to the log.
    ///
    /// - Parameters:
    ///   - destination: the id of the destination whose forwarder noticed it.
    ///   - time: converts moments of this boot into times.
    public func event(destination: String, time: any TimeSource) -> Event? {
        let severity: Severity
        let name: EventName
        var data: [(key: String, value: DataValue)] = [("destination", .string(destination))]
        switch self {
        case .identityCloned: (name, severity) = (.identityCloned, .alarm)
        case .refusesAll(let code, let words, let since, let isAlarm):
            (name, severity) = (.brokerRefuses, isAlarm ? .alarm : .warning)
            data += [
                ("detail", .string(words)), ("since", .string(time.stamp(at: since).time.description)),
            ]
            data += Self.naming(code)
        case .quarantined(_, _, _, _, ofQuarantine: true): return nil
        case .quarantined(let epoch, let seq, let code, let words, ofQuarantine: false):
            (name, severity) = (.quarantine, .alarm)
            data += [("epoch", .string(epoch)), ("seq", .integer(seq))]
            data += Self.naming(code)
            data += [("detail", .string(words))]
        case .hidesRefusals, .connected, .disconnected, .refused, .takesAgain, .withoutSubscriber, .sendsAgain,
            .refusedRequest, .mayNotBeAsked:
            return nil
        }
        return Event(name, severity: severity, stamp: time.stamp(), data: data)
    }

    /// The broker's code, where the broker sent one.
    private static func naming(_ code: UInt8?) -> [(key: String, value: DataValue)] {
        code.map { [("code", .integer($0))] } ?? []
    }
}
