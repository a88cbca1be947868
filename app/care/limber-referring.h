/* A referral that somebody makes on the telephone, taken down in her own words. It makes a task: whoever looks at referrals decides. */
#pragma once

#include "limber-transaction.h"

G_BEGIN_DECLS

/**
 * LimberReferringCall:
 * @patient: for whom it is
 * @words: what was said, as it was said
 * @since: (nullable): since when, in the caller's words
 * @parts: which parts of the body, codes between semicolons
 * @side: (nullable): left, right or both
 * @caller_is: who calls: self, family, carer, professional or other
 * @caller: (nullable): the caller's name, unless it is herself
 * @callback: (nullable): where the caller can be called back; nothing: at the number that is held
 * @times: (nullable): when that suits
 * @agreed: whether the caller agreed to that it is written down
 *
 * What was said, all of it as typed.
 */
typedef struct {
  LimberId    patient;
  const char *words, *since;
  const char *parts, *side;
  const char *caller_is, *caller;
  const char *callback, *times;
  gboolean    agreed;
} LimberReferringCall;

gboolean           limber_referring_take_down (LimberTransaction *transaction, const LimberReferringCall *call, const LimberAuthor *author, const LimberId *id, GError **error);
gboolean           limber_referring_check     (const LimberReferringCall *call, LimberRow *person, GError **error);
gboolean           limber_referring_withdraw  (LimberTransaction *transaction, const LimberId *referral, const char *why, const LimberAuthor *author, GError **error);
const char *const *limber_referring_parts     (void);
const char *const *limber_referring_callers   (void);
const char        *limber_referring_part      (const char *code);
const char        *limber_referring_caller    (const char *code);
const char        *limber_referring_source    (const char *code);
char              *limber_referring_where     (const char *parts, const char *side);

G_END_DECLS
