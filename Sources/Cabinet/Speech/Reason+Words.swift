import Diagnosing
package import Domain

extension Reason {
    /// What the reason means.
    package var meaning: Sentence {
        switch self {
        case .timeout: Sentence(ReasonPhrase.timeout)
        case .noConnection: Sentence(ReasonPhrase.noConnection)
        case .port: Sentence(ReasonPhrase.port)
        case .crc: Sentence(ReasonPhrase.crc)
        case .badFrame: Sentence(ReasonPhrase.badFrame)
        case .foreignReply: Sentence(ReasonPhrase.foreignReply)
        case .distrusted: Sentence(ReasonPhrase.distrusted)
        case .exception(let code): Sentence(ReasonPhrase.exception, "\(code)")
        case .borrowed: Sentence(ReasonPhrase.borrowed)
        case .notSeen: Sentence(ReasonPhrase.notSeen)
        case .notInMessage: Sentence(ReasonPhrase.notInMessage)
        case .offline: Sentence(ReasonPhrase.offline)
        case .retained: Sentence(ReasonPhrase.retained)
        case .decode: Sentence(ReasonPhrase.decode)
        case .notANumber: Sentence(ReasonPhrase.notANumber)
        case .tooLong: Sentence(ReasonPhrase.tooLong)
        case .invalid: Sentence(ReasonPhrase.invalid)
        case .outOfRange: Sentence(ReasonPhrase.outOfRange)
        case .condition: Sentence(ReasonPhrase.condition)
        case .unstable: Sentence(ReasonPhrase.unstable)
        case .torn: Sentence(ReasonPhrase.torn)
        case .zone: Sentence(ReasonPhrase.zone)
        case .tiny: Sentence(ReasonPhrase.tiny)
        case .lowHead: Sentence(ReasonPhrase.lowHead)
        case .counterReset: Sentence(ReasonPhrase.counterReset)
        case .counterGap: Sentence(ReasonPhrase.counterGap)
        case .deviceClock: Sentence(ReasonPhrase.deviceClock)
        }
    }

    /// What to check. When the faults with this reason need different checks, a probe says which fault it is.
    ///
    /// The parts that differ from case to case stand in capitals.
    package var check: Sentence {
        switch self {
        case .timeout: Sentence(FaultPhrase.checkFromPower, "PATH")
        case .noConnection: Self.probe(.tcpRefused, .tcpUnreachable, .tcpTimeout, .tcpMute)
        case .port: Self.probe(.portMissing, .portBusy, .portForbidden)
        case .crc: Self.probe(.crc, .duplicateID)
        case .badFrame: Self.probe(.garbage, .echo, .duplicateID)
        case .foreignReply: Sentence(FaultPhrase.setUnit, "UNIT", "OTHER")
        case .distrusted: Sentence(ReasonPhrase.waitForDoubt)
        case .exception(1): Sentence(ExceptionPhrase.code1, "FC", "TABLE", "OTHER")
        case .exception(let code): Sentence(ExceptionPhrase(code: code) ?? .code9)
        case .borrowed: Sentence(ReasonPhrase.waitForProbe)
        case .notSeen: Sentence(BrokerPhrase.checkPublisher, "NODE")
        case .notInMessage: Sentence(ReasonPhrase.checkPaths)
        case .offline: Sentence(BrokerPhrase.checkOffline)
        case .retained: Sentence(ReasonPhrase.waitForMessage)
        case .decode: Sentence(ReasonPhrase.checkDecoding)
        case .notANumber: Sentence(ReasonPhrase.checkSensor)
        case .tooLong: Sentence(ReasonPhrase.checkLength)
        case .invalid: Sentence(DevicePhrase.seeOwnDisplay)
        case .outOfRange: Sentence(DevicePhrase.compareWithDisplay)
        case .condition: Sentence(ReasonPhrase.checkCondition)
        case .unstable: Sentence(ReasonPhrase.waitForRest)
        case .torn: Sentence(ReasonPhrase.waitForRollover)
        case .zone: Sentence(ReasonPhrase.checkZone)
        case .tiny: Sentence(ReasonPhrase.checkTiny)
        case .lowHead: Sentence(ReasonPhrase.checkWeir)
        case .counterReset: Sentence(ReasonPhrase.checkReset)
        case .counterGap: Sentence(ReasonPhrase.checkGap)
        case .deviceClock: Sentence(ReasonPhrase.checkClock)
        }
    }

    /// What to check at a device of which only the bus is known; short enough for a card on a telephone.
    ///
    /// - Parameter serialPort: its port, where the bus is a serial line.
    package func check(serialPort: String?) -> Sentence {
        switch (self, serialPort) {
        case (.timeout, let port?): Sentence(FaultPhrase.checkFromPower, port)
        case (.timeout, nil): Sentence(FaultPhrase.checkUnitBehind)
        case (.crc, .some), (.badFrame, .some): Sentence(FaultPhrase.checkTermination)
        case (.crc, nil), (.badFrame, nil): Sentence(FaultPhrase.checkProtocol)
        case (.foreignReply, _): Self.probe(.foreignReply, .duplicateID)
        case (.noConnection, _): Sentence(FaultPhrase.checkHost)
        case (.port, _): Sentence(FaultPhrase.checkPort)
        case (.notSeen, _): Sentence(BrokerPhrase.checkOffline)
        case (.exception(let code), _): ExceptionPhrase.check(code, .holding)
        default: check
        }
    }

    private static func probe(_ diagnoses: Diagnosis...) -> Sentence {
        Sentence(ReasonPhrase.probe, diagnoses.map { "`\($0.rawValue)`" }.joined(separator: ", "))
    }
}
