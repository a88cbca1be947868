/* LimberThrift: memory that is given back. */
#pragma once

void limber_thrift_begin (void);
