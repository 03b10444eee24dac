package import Diagnosing
import Domain
import Profiles

extension Finding {
    /// What was seen.
    package var seen: Sentence {
        switch self {
        case .portMissing(let path): Sentence(FaultPhrase.portMissing, path)
        case .portLost(let path): Sentence(FaultPhrase.portLost, path)
        case .portBusy(let path, let holder?): Sentence(FaultPhrase.portHeld, path, holder)
        case .portBusy(let path, nil): Sentence(FaultPhrase.portBusy, path)
        case .portForbidden(let path): Sentence(FaultPhrase.portForbidden, path)
        case .portFailed(let path, let words): Sentence(FaultPhrase.portFailed, path, words)
        case .noDescriptor(let place): Sentence(FaultPhrase.noDescriptor, place)
        case .noThread(let place, let words): Sentence(FaultPhrase.noThread, place, words)
        case .silent(let silence):
            Sentence(FaultPhrase.silent, "\(silence.unit)", "\(silence.asked)", "\(silence.settings)")
        case .silentSometimes(let unit, let unanswered, let count), .muteSometimes(let unit, let unanswered, let count):
            Sentence(FaultPhrase.silentSometimes, "\(unit)", "\(unanswered)", "\(count)")
        case .silentLate(let unit, let after, let allowed):
            Sentence(FaultPhrase.silentLate, .text("\(unit)"), .duration(after), .duration(allowed))
        case .garbage(let bytes, _): Sentence(FaultPhrase.garbage, bytes)
        case .checksumsOfLong(let wrong, let count, let shortWrong, let short):
            Sentence(FaultPhrase.checksumsOfLong, "\(wrong)", "\(count)", "\(shortWrong)", "\(short)")
        case .checksums(_, let wrong, let count): Sentence(FaultPhrase.checksumsOfAll, "\(wrong)", "\(count)")
        case .foreignReply(let asked, let answered): Sentence(FaultPhrase.foreign, "\(asked)", "\(answered)")
        case .answersAsZero(let place, let unit): Sentence(FaultPhrase.answersAsZero, place, "\(unit)")
        case .otherTransaction(let place): Sentence(FaultPhrase.otherTransaction, place)
        case .twoReplies(let unit): Sentence(FaultPhrase.twoReplies, "\(unit)")
        case .echo: Sentence(FaultPhrase.echo)
        case .refused(let place): Sentence(FaultPhrase.refused, place)
        case .unreachable(let place, let words): Sentence(FaultPhrase.unreachable, place, words)
        case .unknownName(let place): Sentence(FaultPhrase.unknownName, place)
        case .noConnection(let place): Sentence(FaultPhrase.noConnection, place)
        case .mute(let place, let unit): Sentence(FaultPhrase.mute, place, "\(unit)")
        case .hungUp(let place): Sentence(FaultPhrase.hungUp, place)
        case .notModbusTCP(let place, let bytes): Sentence(FaultPhrase.notModbusTCP, place, bytes)
        case .otherFraming(let place, let framing):
            Sentence(framing == .mbap ? FaultPhrase.speaksModbusTCP : .passesRTU, place)
        case .notSecured(let place, let words): Sentence(FaultPhrase.notSecured, place, words)
        case .exception(let code, let range): Sentence(ExceptionPhrase.refusal, "\(range)", "\(code)")
        case .refusesAll(let code, _, let count): Sentence(DevicePhrase.refusesAll, "\(count)", "\(code)")
        case .outOfRange(let point, let value, let least, let greatest, _):
            Sentence(DevicePhrase.outOfRange, .text(point), .number(value), .number(least), .number(greatest))
        case .misordered(let order): Sentence(DevicePhrase.misordered, .text(order.point), .number(order.own))
        case .tooGreat(let order): Sentence(DevicePhrase.tooGreat, .text(order.point), .number(order.own))
        case .headOutside(let point, let level, _): Sentence(DevicePhrase.headOutside, point, level)
        case .frozen(let point, let reads): Sentence(DevicePhrase.frozen, point, "\(reads)")
        case .notValid(let point, let reason): Self.notValid(point, reason)
        case .condition(let point, let vouching, let value, let wanted):
            Sentence(DevicePhrase.vouchedAgainst, .text(point), .text(vouching), .text(value), .choice(wanted))
        case .broker(let fault, let address, let detail): Sentence(fault.seen, address, detail)
        case .topicSilent(let topics, let waited, let onlyRetained, _):
            Sentence(
                onlyRetained ? BrokerPhrase.onlyRetained : .silent,
                .text(topics.joined(separator: ", ")),
                .duration(waited)
            )
        case .offline(let topic): Sentence(BrokerPhrase.offline, topic)
        case .payloadShape(let topic, let shape, _): Sentence(BrokerPhrase.shape, topic, shape)
        }
    }

    /// The next thing to check.
    package var next: Sentence {
        switch self {
        case .portMissing(let path): Sentence(FaultPhrase.plugAdapter, path)
        case .portLost(let path): Sentence(FaultPhrase.checkAdapter, path)
        case .portBusy(_, _?): Sentence(FaultPhrase.stopHolder)
        case .portBusy(let path, nil): Sentence(FaultPhrase.stopOtherProgram, path)
        case .portForbidden: Sentence(FaultPhrase.joinGroup)
        case .portFailed: Sentence(FaultPhrase.checkPort)
        case .noDescriptor, .noThread: Sentence(FaultPhrase.raiseLimits)
        case .silent(let silence): silence.next
        case .silentSometimes: Sentence(FaultPhrase.checkLooseWire)
        case .muteSometimes: Sentence(FaultPhrase.checkNetwork)
        case .silentLate(_, let after, _): Sentence(FaultPhrase.raiseReplyTime, .duration(after * 2))
        case .garbage(_, let settings): Sentence(FaultPhrase.checkBaudAndParity, "\(settings)")
        case .checksumsOfLong: Sentence(FaultPhrase.checkTermination)
        case .checksums(let unit, _, _): Sentence(FaultPhrase.checkNoise, "\(unit)")
        case .foreignReply(let asked, let answered): Sentence(FaultPhrase.setUnit, "\(asked)", "\(answered)")
        case .answersAsZero: Sentence(FaultPhrase.writeZero)
        case .otherTransaction: Sentence(FaultPhrase.letOneAsk)
        case .twoReplies: Sentence(FaultPhrase.unplugOne)
        case .echo: Sentence(FaultPhrase.switchEchoOff)
        case .refused: Sentence(FaultPhrase.checkTCPPort)
        case .unreachable: Sentence(FaultPhrase.checkRoute)
        case .unknownName: Sentence(FaultPhrase.checkName)
        case .noConnection: Sentence(FaultPhrase.checkHost)
        case .mute: Sentence(FaultPhrase.checkUnitBehind)
        case .hungUp: Sentence(FaultPhrase.oneClientOnly)
        case .notModbusTCP: Sentence(FaultPhrase.checkProtocol)
        case .otherFraming(_, let framing): Sentence(framing == .mbap ? FaultPhrase.leaveFraming : .writeFraming)
        case .notSecured: Sentence(FaultPhrase.checkFiles)
        case .exception(let code, let range): ExceptionPhrase.check(code, range.table)
        case .refusesAll(2, let range, _):
            Sentence(DevicePhrase.otherModel, range.table.counterpart.rawValue, range.table.rawValue)
        case .refusesAll(let code, let range, _): ExceptionPhrase.check(code, range.table)
        case .outOfRange(_, _, _, _, let order): order?.next ?? Sentence(DevicePhrase.compareWithDisplay)
        case .misordered(let order), .tooGreat(let order): order.next
        case .headOutside(_, _, let zero): Sentence(DevicePhrase.surveyZero, .number(zero))
        case .frozen: Sentence(DevicePhrase.compareFrozen)
        case .condition: Reason.condition.check
        case .notValid(_, let reason): reason?.check ?? Sentence(DevicePhrase.seeOwnDisplay)
        case .broker(let fault, _, _): Sentence(fault.next)
        case .topicSilent(_, _, _, let node): Sentence(BrokerPhrase.checkPublisher, node)
        case .offline: Sentence(BrokerPhrase.checkOffline)
        case .payloadShape(_, _, let wanted):
            Sentence(
                BrokerPhrase.compareShape,
                wanted.isEmpty ? .sentence(Sentence(BrokerPhrase.bareValue)) : .text(wanted.joined(separator: ", "))
            )
        }
    }

    private static func notValid(_ point: String, _ reason: Reason?) -> Sentence {
        guard let reason else { return Sentence(DevicePhrase.notValid, point) }
        return Sentence(DevicePhrase.notValidBecause, .text(point), .text(reason.word), .sentence(reason.meaning))
    }
}

extension Finding.Silence {
    fileprivate var next: Sentence {
        switch othersAnswer {
        case nil: Sentence(FaultPhrase.checkFromPower, path)
        case true?: Sentence(FaultPhrase.checkThisDevice)
        case false?: Sentence(FaultPhrase.checkOneBehindAnother, "\(settings)")
        }
    }
}

extension Finding.FittingOrder {
    fileprivate var next: Sentence {
        Sentence(DevicePhrase.tryWordOrder, .text(order.rawValue), .number(value), .text(point))
    }
}

extension Finding.BrokerFault {
    fileprivate var seen: BrokerPhrase {
        switch self {
        case .unreachable: .unreachable
        case .mute: .mute
        case .credentials: .credentials
        case .notAllowed: .notAllowed
        case .tls: .tls
        case .refused: .refused
        case .noRoom: .noRoom
        }
    }

    fileprivate var next: BrokerPhrase {
        switch self {
        case .unreachable: .checkBroker
        case .mute: .checkHanging
        case .credentials: .checkPassword
        case .notAllowed: .checkAccessList
        case .tls: .checkCertificate
        case .refused: .seeBrokerLog
        case .noRoom: .raiseLimits
        }
    }
}
