/* What the desk is told: a task, made once however often it is told. */
#pragma once

#include "limber-transaction.h"

G_BEGIN_DECLS

/**
 * LimberTold:
 * @about: a word of the field "about"
 * @key: what makes it one thing, with the day and the site: two screens that tell the same make one task
 * @at: when, milliseconds UTC
 * @appointment: (nullable): which it is about
 * @patient: (nullable): whom it is about
 * @candidates: (nullable) (element-type LimberId): the appointments of those who cannot be told apart
 * @text: (nullable): more, about nobody
 *
 * What a public screen tells.
 */
typedef struct {
  const char     *about;
  const char     *key;
  gint64          at;
  const LimberId *appointment;
  const LimberId *patient;
  const GArray   *candidates;
  const char     *text;
} LimberTold;

gboolean limber_tell_set_candidates (LimberEdit *edit, const LimberId *ids, guint n_ids, GError **error);
gboolean limber_tell_is_told        (LimberReader *reader, const LimberId *task);
void     limber_tell_id            (LimberReader *reader, const LimberTold *told, LimberId *task);
gboolean limber_tell_desk           (LimberTransaction *transaction, const LimberTold *told, GError **error);

G_END_DECLS
