import Commands
import Documents
import Configuration
import Profiles
import Speech

extension ConfigurationNote {
    var sentence: Sentence {
        switch self {
        case .verificationVoid(let device, let reason):
            Sentence(CheckPhrase.verificationVoid, device, reason.said(in: .ofThisCommand))
        case .unverified(let devices): Sentence(CheckPhrase.unverified, devices.joined(separator: ", "))
        case .noDevice(let bus): Sentence(CheckPhrase.noDeviceOnBus, bus)
        case .reservedUnit(let device, let unit): Sentence(CheckPhrase.reservedUnit, device, String(unit))
        case .weirLacks(let device, let point, let keys):
            Sentence(
                CheckPhrase.weirLacks,
                .text(device),
                .text(point),
                .sentences(keys.map { Sentence($0.phrase) }, separator: ", ")
            )
        case .profile(let file, let hint): hint.sentence(in: file)
        case .oldMQTT(let destination): Sentence(CheckPhrase.oldMQTT, destination)
        case .noTLS(let destination): Sentence(CheckPhrase.noTLS, destination)
        case .packs(let destination, let topic, nil): Sentence(PackPhrase.nothingElse, destination, topic)
        case .packs(let destination, let topic, let every?):
            Sentence(PackPhrase.onlyTheNewest, .text(destination), .text(topic), .text(every.inWords))
        case .needsPackRight(let destination, let topic, let isSilent):
            Sentence(isSilent ? PackPhrase.silentRight : .right, destination, topic)
        case .needsRequestRight(let destination, let topic):
            Sentence(DestinationPhrase.requestRight, destination, topic)
        case .dottedPrefix(let destination, let prefix):
            Sentence(DestinationPhrase.dottedPrefix, destination, prefix)
        case .sharedUser(let ids, let user, let address):
            Sentence(CheckPhrase.sharedUser, arguments: ids + [user, address])
        case .unreadable(let id, let key, let path, let words):
            Sentence(CheckPhrase.unreadableFile, .text(id), .text(key), .text(path), .words(words))
        case .openSecret(let id, let key, let path): Sentence(CheckPhrase.openSecret, id, key, path)
        case .emptySecret(let id, let key, let path): Sentence(HerePhrase.emptySecret, id, key, path)
        case .noCredential(let id, let key, let name):
            Sentence(HerePhrase.noCredential, id, key, String(name.dropFirst("credential:".count)))
        case .noSerialPort(let bus, let path): Sentence(HerePhrase.noSerialPort, bus, path)
        case .storageClosed(let path, let user, let words):
            Sentence(HerePhrase.storageClosed, .text(path), .text(user), .words(words))
        }
    }
}

extension ProfileHint {
    fileprivate func sentence(in file: String) -> Sentence {
        switch self {
        case .unheldMark(let point, let mark): Sentence(ProfileHintPhrase.unheldMark, file, point, mark)
        case .timeWithoutZone(let message): Sentence(ProfileHintPhrase.timeWithoutZone, file, message)
        case .apartWithoutRate(let point): Sentence(ProfileHintPhrase.apartWithoutRate, file, point)
        }
    }
}

extension ConfigurationNote.WeirKey {
    fileprivate var phrase: CheckPhrase {
        switch self {
        case .headCorrection: .headCorrection
        case .greatestHead: .greatestHead
        case .surveyed: .surveyed
        }
    }
}

extension OutageCapacity {
    var sentence: Sentence {
        let whole = "\(Int(hours))"
        let span =
            hours >= 72
            ? Sentence(CheckPhrase.days, "\(Int(hours / 24))", whole) : Sentence(CheckPhrase.hours, whole)
        return Sentence(
            CheckPhrase.outage,
            .text("\(limit / 1_000_000)"),
            .sentence(span),
            .number("\((readingsPerSecond * 100).rounded() / 100)")
        )
    }
}
