import Ledger
import Platform
import Primitives

/// Storage as this dialect shows it.
enum StorageResponses {
    static func report(_ report: StorageReport, _ prices: PriceList) -> JSONValue {
        [
            "used_bytes": .integer(report.usedBytes), "free_gb": .integer(prices.recordingFreeGB),
            "tier_gb": .integer(prices.recordingFreeGB),
            "price_per_gb_month_minor": .integer(prices.storagePerGBMonthMinor),
            "currency": .string(report.currency.code), "retention_days": .integer(report.retentionDays),
            "month": [
                "from": JSONValue(report.monthStart), "days": .integer(Int64(report.days)),
                "average_bytes": .integer(report.soFar.byteDays / Int64(max(report.days, 1))),
                "so_far": charge(report.soFar), "estimate": charge(report.estimate),
            ],
            "owed_minor": .integer(report.owedMinor), "uploads": uploads(report.uploads),
        ]
    }

    private static func uploads(_ use: UploadUse) -> JSONValue {
        [
            "files": .integer(use.files), "used_bytes": .integer(use.bytes), "max_files": .integer(use.maxFiles),
            "max_bytes": .integer(use.maxBytes),
        ]
    }

    private static func charge(_ charge: StorageCharge) -> JSONValue {
        [
            "net_minor": .integer(charge.netMinor), "vat_minor": .integer(charge.taxMinor),
            "total_minor": .integer(charge.totalMinor),
        ]
    }
}
