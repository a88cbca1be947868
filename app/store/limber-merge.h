/* The rule by which two values of a field become one (SYNC.md rules 6 and 7): pure, so that it can be tested alone. */
#pragma once

#include "limber-record.h"

G_BEGIN_DECLS

gboolean limber_merge_replaces (LimberMerge merge, const LimberValue *held, const LimberStamp *held_stamp, const LimberValue *other, const LimberStamp *other_stamp);
gboolean limber_merge_field    (LimberMerge merge, LimberValue *value, LimberStamp *stamp, const LimberValue *other, const LimberStamp *other_stamp);
gboolean limber_merge_records  (LimberRecord *into, const LimberRecord *other);

G_END_DECLS
