/* LimberNobody: the list of certificate authorities that are trusted, with nobody on it: a node is known by its key (limber-link.h). */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LIMBER_TYPE_NOBODY (limber_nobody_get_type ())
G_DECLARE_FINAL_TYPE (LimberNobody, limber_nobody, LIMBER, NOBODY, GTlsDatabase)

G_END_DECLS
