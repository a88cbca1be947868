/* Whether two people are called the same, so that staff must look twice. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is compared. */
typedef struct {
  char *name;  /* (owned) (nullable): folded */
  char *sound; /* (owned) (nullable): the family name, how the given name sounds, the birth date */
} LimberNamesake;

void     limber_namesake_init  (LimberNamesake *namesake, const char *family, const char *given, const char *born);
void     limber_namesake_clear (LimberNamesake *namesake);
gboolean limber_namesake_equal (const LimberNamesake *a, const LimberNamesake *b);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimberNamesake, limber_namesake_clear)

G_END_DECLS
