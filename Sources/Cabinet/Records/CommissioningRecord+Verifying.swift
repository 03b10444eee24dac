import Domain
public import Installation
import Profiles

extension CommissioningRecord {
    /// Why a record does not verify a device.
    public struct Refusal: Error, Hashable, Sendable {
        public var sentence: Sentence
        /// The device, and not what was asked for, is at fault.
        public var isOfTheField: Bool
    }

    /// Looks whether the record is one of this very device, made by the profile that it has now, and passed.
    ///
    /// - Parameter name: the record's file, for the sentence.
    public func verify(_ device: Device, named name: String) throws(Refusal) {
        func refuse(_ phrase: VerifyPhrase, _ arguments: String..., isOfTheField: Bool = false) -> Refusal {
            Refusal(sentence: Sentence(phrase, arguments: arguments), isOfTheField: isOfTheField)
        }
        guard let recorded = self.device else { throw refuse(.noDevice, name, device.id) }
        if recorded != device.id { throw refuse(.otherDevice, name, recorded, device.id) }
        if profile != device.profile.id { throw refuse(.otherProfile, name, profile, device.profile.id) }
        if profileHash != device.profile.hash {
            throw refuse(.profileChanged, profile, name, profileHash, device.profile.hash)
        }
        if serial != device.serial {
            throw refuse(.otherSerial, name, serial ?? "-", device.serial ?? "-")
        }
        if let unit, device.profile.modbus != nil, unit != Int(device.unit.number) {
            throw refuse(.otherUnit, name, "\(unit)", "\(device.unit)")
        }
        if !ok {
            let wrong = comparisons.first { !$0.ok }.map { "\($0.point): \($0.display)" }
            throw refuse(.failed, name, diagnosis ?? wrong ?? seen ?? "-", isOfTheField: true)
        }
    }
}
