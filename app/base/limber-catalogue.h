/* LimberCatalogue: the texts of one language, read from gettext's own file (.mo), beside whatever language the program speaks:
 * gettext itself knows one language at a time for a whole process. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LIMBER_CATALOGUE_MOST (1024 * 1024) /* bytes of a file */

typedef struct _LimberCatalogue LimberCatalogue;

LimberCatalogue *limber_catalogue_new  (GBytes *bytes);
LimberCatalogue *limber_catalogue_open (const char *folder, const char *language, const char *domain);
void             limber_catalogue_free (LimberCatalogue *catalogue);
const char      *limber_catalogue_find (const LimberCatalogue *catalogue, const char *context, const char *text) G_GNUC_FORMAT (3);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberCatalogue, limber_catalogue_free)

G_END_DECLS
