import Glibc

/// Changes the sample rate of prompts, once, when they are loaded: a windowed sinc whose cut-off keeps aliases out.
enum Resampler {
    private static let halfWidth = 16

    static func resample(_ input: [Int16], from source: Int, to target: Int) -> [Int16] {
        guard source != target, !input.isEmpty else { return input }
        let cutoff = min(1, Double(target) / Double(source)) * 0.92
        let reach = Int((Double(halfWidth) / cutoff).rounded(.up))
        let count = input.count * target / source
        return (0..<count).map { index in
            let center = Double(index) * Double(source) / Double(target)
            let first = Int(center) - reach + 1
            var sum = 0.0
            var weight = 0.0
            for position in max(0, first)...max(0, min(input.count - 1, first + 2 * reach - 1)) {
                let tap = kernel(Double(position) - center, cutoff: cutoff, reach: Double(reach))
                sum += tap * Double(input[position])
                weight += tap
            }
            return Int16(max(-32_768, min(32_767, weight == 0 ? 0 : sum / weight)))
        }
    }

    private static func kernel(_ distance: Double, cutoff: Double, reach: Double) -> Double {
        guard abs(distance) < reach else { return 0 }
        let window = 0.5 + 0.5 * cos(.pi * distance / reach)
        let angle = .pi * distance * cutoff
        return window * (abs(angle) < 1e-9 ? 1 : sin(angle) / angle)
    }
}
