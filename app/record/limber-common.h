/* LimberCommon: what two programs of perhaps different versions both declare. A kind's number never means another kind, and
 * new fields are declared at the end, so a kind's number and how many fields it has say all.
 *
 * Between such programs a digest counts only what is common: what one of them cannot know is no difference (SYNC.md rules 6
 * and 18). */
#pragma once

#include "limber-record.h"

G_BEGIN_DECLS

#define LIMBER_COMMON_KINDS 64

typedef struct {
  guint8   fields[LIMBER_COMMON_KINDS]; /* by a kind's number: how many of its fields, from the first, both declare */
  gboolean same;                        /* neither declares anything more */
} LimberCommon;

char    *limber_common_own       (void);
void     limber_common_init      (LimberCommon *common, const char *theirs);
gboolean limber_common_has       (const LimberCommon *common, const LimberKind *kind);
gboolean limber_common_has_all   (const LimberCommon *common, const LimberKind *kind);
gboolean limber_common_has_any   (const LimberCommon *common, const LimberRecord *record, LimberClass klass);
void     limber_common_restrict  (const LimberCommon *common, LimberRecord *record);
void     limber_common_complete  (const LimberCommon *common, LimberRecord *record, const LimberRecord *held);

G_END_DECLS
