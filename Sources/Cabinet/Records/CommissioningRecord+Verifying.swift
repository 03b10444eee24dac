import Domain
package import Installation
import Profiles

extension CommissioningRecord {
    /// Why a record does not verify a device; the record's value stands before the device's own.
    package enum Refusal: Error, Hashable, Sendable {
        /// It was made for a device that is in no configuration.
        case noDevice(wanted: String)
        case otherDevice(recorded: String, wanted: String)
        case otherProfile(recorded: String, now: String)
        case profileChanged(profile: String, recordedHash: String, hashNow: String)
        case otherSerial(recorded: String?, configured: String?)
        case otherUnit(recorded: Int, configured: Int)
        /// The inspection did not pass; the diagnosis, the display that differs, or what was seen.
        case failed(String)

        /// Whether the device is at fault, and not the request.
        package var isOfTheField: Bool { if case .failed = self { true } else { false } }
    }

    /// Checks that the record is about this very device, made with its present profile, and passed.
    package func verify(_ device: Device) throws(Refusal) {
        guard let recorded = self.device else { throw .noDevice(wanted: device.id) }
        if recorded != device.id { throw .otherDevice(recorded: recorded, wanted: device.id) }
        if profile != device.profile.id { throw .otherProfile(recorded: profile, now: device.profile.id) }
        if !device.profile.isEdition(profileHash) {
            throw .profileChanged(profile: profile, recordedHash: profileHash, hashNow: device.profile.hash)
        }
        if serial != device.serial { throw .otherSerial(recorded: serial, configured: device.serial) }
        if let unit, device.profile.modbus != nil, unit != Int(device.unit.number) {
            throw .otherUnit(recorded: unit, configured: Int(device.unit.number))
        }
        if !ok {
            let wrong = comparisons.first { !$0.ok }.map { "\($0.point): \($0.display)" }
            throw .failed(diagnosis ?? wrong ?? seen ?? "-")
        }
    }
}
