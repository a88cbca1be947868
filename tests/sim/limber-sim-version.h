/* SimVersion: the version of Limber that comes after this one, as far as others can notice: it declares one kind more, one more
 * field of a patient, and one more word of an appointment's type and of its progress. */
#pragma once

#include "limber-env.h"
#include "limber-kind.h"

G_BEGIN_DECLS

const LimberKind *const *sim_version_present (void);
const LimberKind *const *sim_version_newer   (void);
gboolean sim_version_is_new   (const char *kind, const char *field);
gboolean sim_version_bring_up (const LimberKind *const *declared, const char *path, LimberEnv *env, GError **error);

G_END_DECLS
