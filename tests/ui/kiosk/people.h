/* Who is expected at the clinic of a test. */
#pragma once

#include "limber-test.h"

G_BEGIN_DECLS

void kiosk_put_person (LimberStore *store, const char *name, const char *family, const char *given, const char *born, const char *start, const char *status);

G_END_DECLS
