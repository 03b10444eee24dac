package import Diagnosing
import Platform

extension Finding {
    /// The same finding with the program that has a busy port, where it can be seen.
    package var namingHolder: Finding {
        guard case .portBusy(let path, nil) = self else { return self }
        return .portBusy(path, holder: FileHolder.all(of: path).first.map { "\($0)" })
    }
}
