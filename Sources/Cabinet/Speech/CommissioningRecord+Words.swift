import Control
package import Records

extension CommissioningRecord.Refusal {
    /// - Parameter name: the name of the record's file.
    package func sentence(of name: String) -> Sentence {
        switch self {
        case .noDevice(let wanted): Sentence(VerifyPhrase.noDevice, name, wanted)
        case .otherDevice(let recorded, let wanted): Sentence(VerifyPhrase.otherDevice, name, recorded, wanted)
        case .otherProfile(let recorded, let now): Sentence(VerifyPhrase.otherProfile, name, recorded, now)
        case .profileChanged(let profile, let recordedHash, let hashNow):
            Sentence(VerifyPhrase.profileChanged, profile, name, recordedHash, hashNow)
        case .otherSerial(let recorded, let configured):
            Sentence(VerifyPhrase.otherSerial, name, recorded ?? "-", configured ?? "-")
        case .otherUnit(let recorded, let configured):
            Sentence(VerifyPhrase.otherUnit, name, "\(recorded)", "\(configured)")
        case .failed(let why): Sentence(VerifyPhrase.failed, name, why)
        }
    }
}

extension CommissioningRecord.Unreadable {
    /// - Parameter name: the name of the record's file.
    package func sentence(of name: String) -> Sentence {
        switch self {
        case .noRecord: Sentence(VerifyPhrase.noRecord, name)
        case .later(let version): Sentence(VerifyPhrase.laterRecord, name, "\(version)")
        }
    }
}
