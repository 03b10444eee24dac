import Daemon
import Diagnosing
import Documents
import Installation
import Profiles
import Speech

/// The vectors of the profiles in use, run where the gateway runs. One that fails is a slip: `gateway check` refuses
/// it, and a box on a pole starts all the same.
struct VectorCount {
    private var vectors = 0
    private var profiles = 0
    private(set) var untested: [Profile] = []

    /// Runs them, with what is wrong into the log.
    init(_ deployment: Deployment?, into log: ProblemLog) {
        let devices = deployment?.configuration.devices ?? []
        let used = Dictionary(devices.map { ($0.profile.file, $0.profile) }) { first, _ in first }
        for (_, profile) in used.sorted(by: { $0.key < $1.key }) {
            vectors += profile.vectors.count
            profiles += profile.vectors.isEmpty ? 0 : 1
            if profile.vectors.isEmpty { untested.append(profile) }
            for problem in VectorTrial.problems(of: profile) { log.addSlip(problem) }
        }
    }

    /// How many hold; nil where there is none.
    var sentence: Sentence? {
        guard vectors > 0 else { return nil }
        return Sentence(VectorPhrase.hold, "\(vectors)", "\(profiles)")
    }
}
